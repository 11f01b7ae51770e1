package dev.agenttower.core.event;

import org.jspecify.annotations.Nullable;

/**
 * How far a log is read.
 *
 * @param bytes the first byte that is not read
 * @param lines the number of lines before it
 * @param lastEvent the end of the last event, in bytes
 * @param lastOutputAt when bytes were read last; null before
 * @param inode {@code device:inode} of the file that was read; null before
 * @param sizeSeen its size then, in bytes
 */
public record ReadOffset(
        long bytes,
        long lines,
        long lastEvent,
        @Nullable String lastOutputAt,
        @Nullable String inode,
        long sizeSeen,
        String updatedAt) {}

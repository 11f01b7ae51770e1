package dev.agenttower.core.event;

/**
 * The file at a path, links not followed.
 *
 * @param inode {@code device:inode}
 * @param size in bytes
 */
public record FileState(String inode, long size) {}

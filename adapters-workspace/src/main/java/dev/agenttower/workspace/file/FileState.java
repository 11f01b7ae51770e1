package dev.agenttower.workspace.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * What tells that a file is still the one that was read: which file it is, its size and its time.
 *
 * @param key the device and inode
 * @param size in bytes
 * @param modified when it was last written
 */
public record FileState(Object key, long size, FileTime modified) {
    /** What there is when there is no file. */
    public static final FileState MISSING = new FileState("missing", 0, FileTime.fromMillis(0));

    private static final long SETTLING_MILLIS = 20;
    /** For file systems that keep whole seconds, or pairs of them. */
    private static final long COARSE_SETTLING_MILLIS = 2_020;

    /** The state of an existing file, links followed. */
    public static FileState of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = Objects.requireNonNullElse(attributes.fileKey(), "no inode");
        return new FileState(key, attributes.size(), attributes.lastModifiedTime());
    }

    /**
     * Whether what was read from the file in this state is all there is to it: a file that is written twice within a moment may have the same
     * time and size after both.
     *
     * @param nowMillis the time before the file was read
     */
    public boolean isSettled(long nowMillis) {
        long time = modified.toMillis();
        return Math.abs(nowMillis - time) > (time % 1000 == 0 ? COARSE_SETTLING_MILLIS : SETTLING_MILLIS);
    }

    /** The state of a file that may be missing; one that cannot be looked at counts as missing. */
    public static FileState ofAny(Path file) {
        if (!file.toFile().exists()) { // an exception costs ten times as much
            return MISSING;
        }
        try {
            return of(file);
        } catch (IOException e) {
            return MISSING;
        }
    }
}

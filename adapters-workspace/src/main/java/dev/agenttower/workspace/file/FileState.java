package dev.agenttower.workspace.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * Identifies a version of a file: the file itself, its size and its modification time.
 *
 * @param key the device and inode
 * @param size in bytes
 * @param modified the time of the last write
 */
public record FileState(Object key, long size, FileTime modified) {
    /** The state of a missing file. */
    public static final FileState MISSING = new FileState("missing", 0, FileTime.fromMillis(0));

    private static final long SETTLING_MILLIS = 20;
    /** For file systems with time stamps of one or two seconds. */
    private static final long COARSE_SETTLING_MILLIS = 2_020;

    /** The state of an existing file, links followed. */
    public static FileState of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = Objects.requireNonNullElse(attributes.fileKey(), "no inode");
        return new FileState(key, attributes.size(), attributes.lastModifiedTime());
    }

    /**
     * Whether this state identifies the content that was read: two writes in quick succession may leave the same time and size.
     *
     * @param nowMillis the time before the file was read
     */
    public boolean isSettled(long nowMillis) {
        long time = modified.toMillis();
        return Math.abs(nowMillis - time) > (time % 1000 == 0 ? COARSE_SETTLING_MILLIS : SETTLING_MILLIS);
    }

    /** The state of a file that may be missing; a file that cannot be accessed counts as missing. */
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

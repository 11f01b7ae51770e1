package dev.agenttower.core.governance.project;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the files of a project. Paths are resolved paths relative to the root. If a part of a path has become a link, an
 * implementation must fail instead of following it. Thread-safe.
 */
public interface ProjectFiles {
    /**
     * The text of a file, or null if there is none.
     *
     * @throws ProjectFileException if it cannot be read, is no file, or is larger than
     *     {@link dev.agenttower.core.governance.Limits#FILE_BYTES}
     */
    @Nullable ProjectText read(String path);

    /**
     * Claims the heap needed to read or replace a file. Call it before acquiring a lock. An implementation with its files in memory need not do
     * anything.
     *
     * @param asText whether the file is read, not only replaced
     * @throws dev.agenttower.core.failure.RefusedException BUSY, if other requests hold the heap
     */
    default void claim(String path, boolean asText) {}

    /**
     * Replaces the content of a file atomically, or creates it with the directories above it. The content is on disk when this returns.
     * Encoding, byte order mark, mode and owner of an existing file are kept.
     *
     * @throws ProjectFileException if it cannot be written; the file is then unchanged
     */
    void write(String path, String text);

    /**
     * Deletes a file, or a directory recursively; links are deleted, not followed.
     *
     * @throws ProjectFileException if it does not exist or cannot be deleted
     */
    void delete(String path);
}

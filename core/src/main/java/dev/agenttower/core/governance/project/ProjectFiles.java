package dev.agenttower.core.governance.project;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the files of a project. Paths are real paths relative to the root; an implementation must not follow a link that has
 * come into one of them since, but fail. Thread-safe.
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
     * Claims what it takes of the heap to read or replace a file. To be called before a lock is waited for; an implementation whose files lie in the
     * heap anyway need not do anything.
     *
     * @param asText whether it is to be read, and not only replaced
     * @throws dev.agenttower.core.failure.RefusedException BUSY, if others have it
     */
    default void claim(String path, boolean asText) {}

    /**
     * Replaces the whole content of a file at once, or creates it with the directories above it. When it returns, the content is on disk; a
     * reader sees the old content or the new. Encoding, byte order mark, mode and owner of an existing file are kept.
     *
     * @throws ProjectFileException if it cannot be written; the file is then as it was
     */
    void write(String path, String text);

    /**
     * Deletes a file, or a directory with all that is in it; of links only the links.
     *
     * @throws ProjectFileException if there is nothing, or it cannot be deleted
     */
    void delete(String path);
}

package dev.agenttower.core.governance.project;

/** Creates files where there are none. An implementation must never touch what exists, and have what it creates on disk when it returns. */
public interface FreshFiles {
    /**
     * Creates a file with the directories above it, unless there is something at its path; tells whether it did.
     *
     * @throws ProjectFileException if it cannot be created
     */
    boolean create(String path, String text);

    /**
     * Creates a directory with those above it, unless there is one; tells whether it did.
     *
     * @throws ProjectFileException if it cannot be created
     */
    boolean createDirectory(String path);

    /** Whether there is something at a path. */
    boolean exists(String path);
}

package dev.agenttower.core.governance.project;

/** Creates missing files. An implementation must never change an existing file, and must have a new one on disk when it returns. */
public interface FreshFiles {
    /**
     * Creates a file and the directories above it, unless the path exists; returns whether it did.
     *
     * @throws ProjectFileException if it cannot be created
     */
    boolean create(String path, String text);

    /**
     * Creates a directory and those above it, unless it exists; returns whether it did.
     *
     * @throws ProjectFileException if it cannot be created
     */
    boolean createDirectory(String path);

    /** Whether a path exists. */
    boolean exists(String path);
}

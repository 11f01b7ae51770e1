package dev.agenttower.core.governance.registry;

import java.util.Optional;

/** Gives access to the folders of projects. Thread-safe. */
public interface Workspaces {
    /** The folder that a path leads to, absolute and all links followed; empty if there is no folder, or the path is not absolute. */
    Optional<String> folder(String path);

    /** Whether a folder contains the framework itself. */
    boolean isFramework(String folder);

    /**
     * Opens a folder. Creates nothing in it.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if it is missing or cannot be opened
     */
    Workspace open(RegisteredProject project);
}

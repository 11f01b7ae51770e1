package dev.agenttower.workspace;

import dev.agenttower.core.governance.change.ApplicationSteps;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.registry.RegisteredProject;
import dev.agenttower.core.governance.registry.Workspace;
import dev.agenttower.core.governance.registry.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The folders of the file system. Thread-safe. */
public final class ProjectWorkspaces implements Workspaces {
    private final InstantSource clock;
    private final ApplicationSteps steps;

    /** Folders whose changes are stamped by a clock. */
    public ProjectWorkspaces(InstantSource clock, ApplicationSteps steps) {
        this.clock = clock;
        this.steps = steps;
    }

    @Override
    public Optional<String> folder(String path) {
        try {
            Path folder = Path.of(path);
            return folder.isAbsolute() && Files.isDirectory(folder)
                    ? Optional.of(folder.toRealPath().toString())
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isFramework(String folder) {
        return Files.exists(Path.of(folder, "adt_core"));
    }

    @Override
    public Workspace open(RegisteredProject project) {
        try {
            ProjectWorkspace workspace = new ProjectWorkspace(Path.of(project.path()), clock, steps);
            removeLeftovers(workspace);
            return workspace;
        } catch (IOException e) {
            throw new ProjectFileException("its folder " + project.path() + " is missing or closed to us", e);
        }
    }

    private static void removeLeftovers(ProjectWorkspace workspace) {
        try {
            workspace.removeLeftovers();
        } catch (IOException e) {
            throw new ProjectFileException(
                    "what was being written when a process ended cannot be told: " + e.getMessage(), e);
        }
    }
}

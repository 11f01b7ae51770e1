package dev.agenttower.workspace;

import dev.agenttower.core.governance.ledger.note.LedgerNotes;
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
import org.jspecify.annotations.Nullable;

/** Opens folders of the file system as workspaces. Thread-safe. */
public final class ProjectWorkspaces implements Workspaces {
    private final InstantSource clock;
    private final @Nullable LedgerNotes notes;

    /** Workspaces whose changes are stamped by a clock. Without ledger notes, the origin of their ledger events is unknown. */
    public ProjectWorkspaces(InstantSource clock) {
        this(clock, null);
    }

    /**
     * Workspaces whose changes are stamped by a clock.
     *
     * @param notes stores the known end of each ledger; null for none
     */
    public ProjectWorkspaces(InstantSource clock, @Nullable LedgerNotes notes) {
        this.notes = notes;
        this.clock = clock;
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
            ProjectWorkspace workspace =
                    new ProjectWorkspace(Path.of(project.path()), clock, notes, project.registration());
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

package dev.agenttower.workspace;

import dev.agenttower.core.governance.project.FreshFiles;
import dev.agenttower.core.governance.project.ProjectFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Creates files below the root of a project. Thread-safe. */
public final class WorkspaceFreshFiles implements FreshFiles {
    private final WorkspaceTree tree;

    /** The files of a tree. */
    public WorkspaceFreshFiles(WorkspaceTree tree) {
        this.tree = tree;
    }

    @Override
    public boolean create(String path, String text) {
        try {
            return !exists(path) && DurableFiles.writeIfMissing(inside(path), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ProjectFileException("cannot create '" + path + "': " + e.getMessage(), e);
        }
    }

    @Override
    public boolean createDirectory(String path) {
        Path directory = inside(path);
        try {
            boolean isMissing = !Files.isDirectory(directory);
            DurableFiles.createDirectories(directory);
            return isMissing;
        } catch (IOException e) {
            throw new ProjectFileException("cannot create '" + path + "': " + e.getMessage(), e);
        }
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(tree.root().resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    private Path inside(String path) {
        if (tree.locate(path).real() == null) {
            throw new ProjectFileException("'" + path + "' leads out of the project", null);
        }
        return tree.root().resolve(path);
    }
}

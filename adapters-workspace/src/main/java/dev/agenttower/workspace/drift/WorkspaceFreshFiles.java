package dev.agenttower.workspace.drift;

import dev.agenttower.core.governance.project.FreshFiles;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.unix.file.Directory;
import dev.agenttower.unix.file.DurableFiles;
import dev.agenttower.workspace.file.WorkspaceTree;
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
            if (exists(path)) {
                return false;
            }
            Path file = inside(path);
            tree.unfinished().expectIn(DurableFiles.parent(file));
            return DurableFiles.writeIfMissing(file, tree.root(), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ProjectFileException("cannot create '" + path + "': " + e.getMessage(), e);
        }
    }

    @Override
    public boolean createDirectory(String path) {
        Path directory = inside(path);
        try {
            boolean isMissing = !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
            Directory.create(directory, tree.root()).close();
            return isMissing;
        } catch (IOException e) {
            throw new ProjectFileException("cannot create '" + path + "': " + e.getMessage(), e);
        }
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(tree.root().resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** The current target of a path. A link that is inserted later is not followed. */
    private Path inside(String path) {
        String real = tree.locate(path).real();
        if (real == null) {
            throw new ProjectFileException("'" + path + "' leads out of the project", null);
        }
        return tree.root().resolve(real);
    }
}

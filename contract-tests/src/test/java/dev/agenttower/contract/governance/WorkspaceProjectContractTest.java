package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectTree;
import dev.agenttower.workspace.file.WorkspaceFiles;
import dev.agenttower.workspace.file.WorkspaceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceProjectContractTest extends ProjectContract {
    @TempDir
    Path root;

    private WorkspaceTree tree;

    @BeforeEach
    void open() throws IOException {
        tree = new WorkspaceTree(root);
    }

    @Override
    ProjectTree tree() {
        return tree;
    }

    @Override
    ProjectFiles files() {
        return new WorkspaceFiles(tree);
    }

    @Override
    void link(String path, String target) {
        try {
            Files.createSymbolicLink(tree.root().resolve(path), Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    String root() {
        return tree.root().toString();
    }
}

package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.project.FreshFiles;
import dev.agenttower.workspace.drift.WorkspaceFreshFiles;
import dev.agenttower.workspace.file.WorkspaceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceFreshFilesContractTest extends FreshFilesContract {
    @TempDir
    Path root;

    private FreshFiles files;

    @BeforeEach
    void open() throws IOException {
        files = new WorkspaceFreshFiles(new WorkspaceTree(root));
    }

    @Override
    FreshFiles files() {
        return files;
    }

    @Override
    @Nullable String text(String path) {
        try {
            return Files.exists(root.resolve(path)) ? Files.readString(root.resolve(path)) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void link(String path, String target) {
        try {
            Files.createSymbolicLink(root.resolve(path), Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

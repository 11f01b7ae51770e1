package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.workspace.WorkspacePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class WorkspacePolicyContractTest extends PolicySourceContract {
    @TempDir
    Path root;

    @Override
    PolicySource source() {
        return new WorkspacePolicy(root, InstantSource.system());
    }

    @Override
    void put(String file, @Nullable String text) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(root.resolve("config"));
            if (text == null) {
                Files.deleteIfExists(path);
            } else {
                Files.writeString(path, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.role.ActiveRole;
import dev.agenttower.workspace.role.WorkspaceActiveRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceActiveRoleContractTest extends ActiveRoleContract {
    @TempDir
    Path root;

    @Override
    ActiveRole saying(@Nullable String role, @Nullable String spec) {
        put("active_role.txt", role);
        put("active_spec.txt", spec);
        return new WorkspaceActiveRole(root);
    }

    private void put(String name, @Nullable String text) {
        Path file = root.resolve("_cortex/ops").resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            if (text != null) {
                Files.writeString(file, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void looks_afresh_each_time() {
        ActiveRole active = saying("One", null);
        assertThat(active.role()).contains("One");
        put("active_role.txt", "Two");
        assertThat(active.role()).contains("Two");
        put("active_role.txt", null);
        assertThat(active.role()).isEmpty();
    }

    @Test
    void what_cannot_be_a_name_names_nothing() throws IOException {
        ActiveRole active = saying("x".repeat(5000), null);
        Files.createDirectory(root.resolve("_cortex/ops/active_spec.txt"));
        assertThat(active.role()).isEmpty();
        assertThat(active.spec()).isEmpty();
        assertThat(new WorkspaceActiveRole(root.resolve("none")).role()).isEmpty();
    }
}

package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.policy.PolicyFiles;
import dev.agenttower.core.governance.policy.PolicyProblem;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.workspace.policy.WorkspacePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private void link(String file, String target) throws IOException {
        put(file, null);
        Files.createSymbolicLink(root.resolve(file), Path.of(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {PolicyFiles.JURISDICTIONS, PolicyFiles.SPECS, PolicyFiles.SETTINGS})
    void a_link_that_leads_nowhere_is_a_broken_file(String file) throws IOException {
        PolicyProblem broken = new PolicyProblem(file, "is a link that leads nowhere");
        PolicySource source = source();
        source.current();
        link(file, "nowhere.json");
        assertThat(source.current().problemOf(file)).isEqualTo(broken);
        put(file, null);
        assertThat(source.current().problemOf(file)).isNotEqualTo(broken);
        link(file, root.resolve(file).getFileName().toString());
        assertThat(source.current().problemOf(file)).as("a link to itself").isEqualTo(broken);
    }

    @Test
    void a_link_to_a_file_is_read() throws IOException {
        put("config/elsewhere.json", "{\"default_role\": \"Dev\"}");
        link(PolicyFiles.SETTINGS, "elsewhere.json");
        assertThat(source().current().settings().defaultRole()).isEqualTo("Dev");
        assertThat(source().current().problemOf(PolicyFiles.SETTINGS)).isNull();
    }
}

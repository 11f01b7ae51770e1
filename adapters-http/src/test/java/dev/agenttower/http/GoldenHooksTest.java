package dev.agenttower.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.http.HttpExchange.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends every input in {@code hooks/}, which the real clients wrote, to the server. */
@Timeout(60)
final class GoldenHooksTest {
    private static final Path INPUTS = Path.of("src/test/resources/hooks");
    private static final String[] DEVELOPER = {"X-Role: Developer", "X-Spec: SPEC-001"};

    /** What calls would change outside of the jurisdiction; the other calls and events change none. */
    private static final Map<String, String> DENIED = Map.of(
            "claude/PreToolUse.Write.json", "edit on w.txt",
            "claude/PreToolUse.Edit.json", "patch on README.md",
            "claude/PreToolUse.NotebookEdit.json", "edit on n.ipynb",
            "claude/PreToolUse.Bash.json", "edit on t1",
            "gemini/BeforeTool.write_file.json", "edit on w.txt",
            "gemini/BeforeTool.replace.json", "patch on README.md",
            "gemini/BeforeTool.run_shell_command.json", "edit on t1",
            "codex/PreToolUse.apply_patch.json", "edit on new.txt");

    @TempDir
    Path directory;

    private GovernanceFixture tower;

    @BeforeEach
    void start() throws IOException {
        tower = GovernanceFixture.in(directory);
        tower.project("demo");
        tower.workingDirectory.set(Optional.of("/srv/demo"));
    }

    @AfterEach
    void stop() {
        tower.close();
    }

    static Stream<String> inputs() throws IOException {
        try (Stream<Path> files = Files.walk(INPUTS)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> INPUTS.relativize(file).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void an_input_of_a_real_client_gets_its_answer(String file) throws IOException {
        String input = Files.readString(INPUTS.resolve(file));
        String call = file.replaceFirst("\\..*", "");
        Reply asked = tower.call("POST", "/api/hooks/" + call + "/verdict", input, DEVELOPER);
        Reply reply = tower.call("POST", "/hooks/" + call, input, DEVELOPER);

        String denied = DENIED.get(file);
        if (denied == null) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEmpty();
        } else {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body()).startsWith("DTTP denied " + denied + ": ");
        }
        assertThat(asked.json().path("exit_status").asInt()).isEqualTo(denied == null ? 0 : 2);
        assertThat(asked.json().path("text").asText()).isEqualTo(reply.body());
    }
}

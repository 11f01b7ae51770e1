package dev.agenttower.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Mutated inputs of hooks: one that would change a sovereign file is never let through, and none breaks the server. */
class HookMutationsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] DEVELOPER = {"X-Role: Developer", "X-Spec: SPEC-001"};
    private static final List<String> CALLS = List.of(
            "claude/PreToolUse.Write",
            "claude/PreToolUse.Edit",
            "gemini/BeforeTool.write_file",
            "gemini/BeforeTool.replace");
    private static final List<String> VALUES = List.of(
            "null",
            "0",
            "-1e400",
            "true",
            "\"\"",
            "\"\\u0000\"",
            "\"/\"",
            "\"..\"",
            "\"~\"",
            "[]",
            "{}",
            "[[[{\"a\":1}]]]",
            "\"\\u202e\\u001b[2J\"",
            "\"" + "x".repeat(5000) + "\"",
            "\"PreToolUse\"",
            "\"Read\"");

    private static @Nullable GovernanceFixture tower;
    private static @Nullable Path directory;

    @BeforeContainer
    static void start() throws IOException {
        directory = Files.createTempDirectory("hooks");
        GovernanceFixture started = GovernanceFixture.in(directory);
        started.project("demo").project().write("_cortex/MASTER_PLAN.md", "hi\n");
        started.workingDirectory.set(Optional.of("/srv/demo"));
        tower = started;
    }

    @AfterContainer
    static void stop() throws IOException {
        tower.close();
        Files.deleteIfExists(directory.resolve("http.sock"));
        Files.delete(directory);
    }

    private static int status(String call, String body) throws IOException {
        return tower.call("POST", "/hooks/" + call.replaceFirst("\\..*", ""), body, DEVELOPER)
                .status();
    }

    /** The input of a real client, about a sovereign file. */
    private static ObjectNode input(String call) throws IOException {
        ObjectNode input = (ObjectNode) JSON.readTree(
                Path.of("src/test/resources/hooks/" + call + ".json").toFile());
        ((ObjectNode) input.path("tool_input")).put("file_path", "/srv/demo/_cortex/MASTER_PLAN.md");
        return input.put("cwd", "/srv/demo");
    }

    @Provide
    Arbitrary<String> calls() {
        return Arbitraries.of(CALLS);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(VALUES);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(
                "session_id",
                "cwd",
                "transcript_path",
                "hook_event_name",
                "agent_id",
                "permission_mode",
                "mcp_context",
                "new");
    }

    @Property(tries = 150)
    void other_values_of_its_fields_let_no_change_through(
            @ForAll("calls") String call, @ForAll("keys") String key, @ForAll("values") String value)
            throws IOException {
        String body = JSON.writeValueAsString(input(call).put(key, "VALUE")).replace("\"VALUE\"", value);
        assertThat(status(call, body)).isIn(400, 403);
    }

    @Property(tries = 150)
    void other_arguments_of_the_tool_let_no_change_through(@ForAll("calls") String call, @ForAll("values") String value)
            throws IOException {
        ObjectNode input = input(call);
        ObjectNode arguments = (ObjectNode) input.path("tool_input");
        for (String key : List.of("content", "old_string", "new_string", "replace_all", "allow_multiple", "new")) {
            ObjectNode changed = input.deepCopy();
            ((ObjectNode) changed.path("tool_input")).put(key, "VALUE");
            assertThat(status(call, JSON.writeValueAsString(changed).replace("\"VALUE\"", value)))
                    .as(key)
                    .isIn(400, 403);
        }
        arguments.put("file_path", "VALUE");
        assertThat(status(call, JSON.writeValueAsString(input).replace("\"VALUE\"", value)))
                .as("file_path")
                .isIn(400, 403);
    }

    @Property(tries = 100)
    void a_truncated_input_is_denied(@ForAll("calls") String call, @ForAll("fractions") double part)
            throws IOException {
        String whole = JSON.writeValueAsString(input(call));
        // Nothing at all is no JSON for the server, which is 415.
        assertThat(status(call, whole.substring(0, (int) (whole.length() * part))))
                .isIn(400, 403, 415);
    }

    @Provide
    Arbitrary<Double> fractions() {
        return Arbitraries.doubles().between(0, 0.99);
    }

    @Property(tries = 100)
    void a_doubled_key_is_denied(
            @ForAll("calls") String call, @ForAll("keys") String key, @ForAll("values") String value)
            throws IOException {
        ObjectNode input = input(call);
        String known = input.has(key) ? key : "tool_name";
        String whole = JSON.writeValueAsString(input);
        String doubled = whole.substring(0, whole.length() - 1) + ",\"" + known + "\":" + value + "}";
        assertThat(status(call, doubled)).isIn(400, 403);
    }

    @Property(tries = 100)
    void events_that_announce_no_call_never_break_the_server(
            @ForAll("keys") String key, @ForAll("values") String value, @ForAll("events") String event)
            throws IOException {
        String body =
                JSON.writeValueAsString(input(CALLS.get(0)).put(key, "VALUE")).replace("\"VALUE\"", value);
        assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThan(10_000);
        assertThat(status(event, body)).isIn(200, 400, 403);
    }

    @Provide
    Arbitrary<String> events() {
        return Arbitraries.of(
                "claude/Stop",
                "claude/SessionStart",
                "claude/SessionEnd",
                "gemini/AfterTool",
                "codex/UserPromptSubmit",
                "codex/Foo");
    }
}

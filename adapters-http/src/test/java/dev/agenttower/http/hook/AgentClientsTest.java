package dev.agenttower.http.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.hook.AgentClient;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import dev.agenttower.core.governance.project.TextPatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The inputs in {@code hooks/} were written by the real clients. */
class AgentClientsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Map<String, Object> golden(String client, String file) throws IOException {
        try (InputStream in = AgentClientsTest.class.getResourceAsStream("/hooks/" + client + "/" + file + ".json")) {
            return JSON.readValue(in, new TypeReference<LinkedHashMap<String, Object>>() {});
        }
    }

    private static Optional<ToolCall> call(String client, String file) throws IOException {
        String event = file.substring(0, file.indexOf('.'));
        AgentClient known = AgentClients.named(client).orElseThrow();
        return event.equals(known.toolEvent()) ? Optional.of(known.toolCall(golden(client, file))) : Optional.empty();
    }

    private static Map<String, Object> input(String tool, Object arguments) {
        Map<String, Object> input = new HashMap<>();
        input.put("tool_name", tool);
        input.put("tool_input", arguments);
        return input;
    }

    private static List<FileEdit> edits(String client, String tool, Map<String, Object> arguments) {
        return AgentClients.named(client)
                .orElseThrow()
                .toolCall(input(tool, arguments))
                .edits();
    }

    @Test
    void calls_of_claude_code_that_change_a_file() throws IOException {
        assertThat(call("claude", "PreToolUse.Edit").orElseThrow())
                .isEqualTo(new ToolCall(
                        "Edit",
                        List.of(new FileEdit.Patched(
                                "/home/user/project/README.md", List.of(new TextPatch("hi", "ho"))))));
        assertThat(call("claude", "PreToolUse.NotebookEdit").orElseThrow().edits())
                .containsExactly(new FileEdit.Touched("/home/user/project/n.ipynb", "edit"));
        assertThat(call("claude", "PreToolUse.Write").orElseThrow().edits())
                .singleElement()
                .isInstanceOf(FileEdit.Written.class)
                .extracting(FileEdit::path)
                .asString()
                .startsWith("/home/user/project/");
    }

    @Test
    void calls_of_gemini_cli_that_change_a_file() throws IOException {
        assertThat(call("gemini", "BeforeTool.replace").orElseThrow().edits())
                .containsExactly(
                        new FileEdit.Patched("/home/user/project/README.md", List.of(new TextPatch("hi", "ho"))));
        assertThat(call("gemini", "BeforeTool.write_file").orElseThrow().edits())
                .singleElement()
                .isInstanceOf(FileEdit.Written.class);
    }

    @Test
    void calls_of_codex_that_change_a_file() throws IOException {
        assertThat(call("codex", "PreToolUse.apply_patch").orElseThrow().edits())
                .containsExactly(new FileEdit.Written("new.txt", "hello\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "claude, PreToolUse.Read",
        "claude, PreToolUse.Agent",
        "claude, PreToolUse.mcp__tiny__say",
        "gemini, BeforeTool.read_file",
        "gemini, BeforeTool.mcp_tiny_say",
        "gemini, BeforeTool.invoke_agent",
        "codex, PreToolUse.Bash",
        "codex, PreToolUse.spawn_agent"
    })
    void other_calls_change_no_known_file(String client, String file) throws IOException {
        assertThat(call(client, file).orElseThrow().edits()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"claude, PreToolUse.Bash", "gemini, BeforeTool.run_shell_command"})
    void commands_that_change_a_file(String client, String file) throws IOException {
        assertThat(call(client, file).orElseThrow().edits())
                .containsExactly(new FileEdit.Touched("t1", "edit"), new FileEdit.Touched("t1", "delete"));
    }

    @Test
    void other_events_announce_no_call() throws IOException {
        assertThat(call("claude", "SessionStart.startup")).isEmpty();
    }

    @Test
    void an_old_text_is_replaced_once_everywhere_or_creates_a_file() {
        Map<String, Object> arguments = new HashMap<>(Map.of("file_path", "a", "old_string", "x", "new_string", "y"));
        assertThat(edits("claude", "Edit", arguments))
                .containsExactly(new FileEdit.Patched("a", List.of(new TextPatch("x", "y"))));
        arguments.put("replace_all", true);
        assertThat(edits("claude", "Edit", arguments)).containsExactly(new FileEdit.PatchedEverywhere("a", "x", "y"));
        arguments.put("old_string", "");
        assertThat(edits("claude", "Edit", arguments)).containsExactly(new FileEdit.Written("a", "y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Write", "Edit", "NotebookEdit"})
    void a_call_that_changes_a_file_and_names_none_is_refused(String tool) {
        AgentClient claude = AgentClients.named("claude").orElseThrow();
        for (Object arguments : List.of(Map.of(), Map.of("file_path", 7), Map.of("file_path", "", "content", "x"))) {
            assertThatThrownBy(() -> claude.toolCall(input(tool, arguments)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("tool_input.");
        }
    }

    @Test
    void input_without_tool_or_arguments_is_refused() {
        AgentClient claude = AgentClients.named("claude").orElseThrow();
        assertThatThrownBy(() -> claude.toolCall(Map.of("tool_input", Map.of())))
                .hasMessage("tool_name is missing");
        assertThatThrownBy(() -> claude.toolCall(input("Write", "text"))).hasMessage("tool_input must be an object");
        assertThatThrownBy(() -> claude.toolCall(Map.of("tool_name", 1, "tool_input", Map.of())))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void a_patch_in_a_shell_command_of_codex_counts() {
        assertThat(edits(
                        "codex",
                        "Bash",
                        Map.of(
                                "command",
                                "apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: a\n*** End Patch\nEOF\n")))
                .containsExactly(new FileEdit.Touched("a", "delete"));
    }

    @ParameterizedTest
    @CsvSource({
        "mcp__fs__write_file, path",
        "mcp__fs__moveFile, destination",
        "mcp__x__say, output_file",
        "mcp__x__get_and_save, filePath",
        "mcp__x__run, notebook_path"
    })
    void paths_of_mcp_tools_are_known_by_their_key(String tool, String key) {
        assertThat(edits("claude", tool, Map.of(key, "config/specs.json", "text", "a/b")))
                .containsExactly(new FileEdit.Touched("config/specs.json", "edit"));
    }

    @Test
    void gemini_names_the_tool_of_a_server() {
        Map<String, Object> input = input("mcp_search_modify", Map.of("path", "a"));
        input.put("mcp_context", Map.of("server_name", "search", "tool_name", "modify"));
        AgentClient gemini = AgentClients.named("gemini").orElseThrow();
        assertThat(gemini.toolCall(input).edits()).hasSize(1);
        input.put("mcp_context", Map.of("server_name", "fs", "tool_name", "read_file"));
        assertThat(gemini.toolCall(input).edits()).isEmpty();
    }

    @Test
    void gemini_would_look_elsewhere_for_a_relative_path() {
        AgentClient gemini = AgentClients.named("gemini").orElseThrow();
        Map<String, Object> input = input("write_file", Map.of("file_path", "src/main.py", "content", ""));
        assertThatThrownBy(() -> gemini.toolCall(input)).hasMessageContaining("give file_path as an absolute path");
    }

    @Test
    void other_texts_of_mcp_tools_are_no_paths() {
        assertThat(edits(
                        "claude",
                        "mcp__x__put",
                        Map.of("name", "a", "to", "me", "url", "https://x/y", "text", "a/b", "profile", "p")))
                .isEmpty();
        assertThat(edits("claude", "mcp__x__put", Map.of("uri", "file:///etc/passwd")))
                .containsExactly(new FileEdit.Touched("/etc/passwd", "edit"));
        assertThat(edits("claude", "mcp__x__put", Map.of("path", "src/x://../../config/specs.json")))
                .hasSize(1);
    }

    @Test
    void paths_of_mcp_tools_may_be_nested() {
        assertThat(edits(
                        "gemini", "mcp_fs_write", Map.of("edits", List.of(Map.of("to", List.of(Map.of("path", "a")))))))
                .containsExactly(new FileEdit.Touched("a", "edit"));
        assertThat(edits("gemini", "mcp_fs_write", Map.of("files", List.of(Map.of("path", "a"), "b"))))
                .containsExactlyInAnyOrder(new FileEdit.Touched("a", "edit"), new FileEdit.Touched("b", "edit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp__fs__read_file", "mcp__fs__listDirectory", "mcp__web__fetch"})
    void mcp_tools_that_read_change_nothing(String tool) {
        assertThat(edits("claude", tool, Map.of("path", "config/specs.json"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "claude, PreToolUse.Bash, COMMAND",
        "claude, PreToolUse.Read, KNOWN",
        "claude, PreToolUse.Agent, KNOWN",
        "claude, PreToolUse.mcp__tiny__say, UNKNOWN",
        "gemini, BeforeTool.run_shell_command, COMMAND",
        "gemini, BeforeTool.read_file, KNOWN",
        "gemini, BeforeTool.mcp_tiny_say, UNKNOWN",
        "gemini, BeforeTool.invoke_agent, KNOWN",
        "codex, PreToolUse.Bash, COMMAND",
        "codex, PreToolUse.spawn_agent, KNOWN"
    })
    void tools_are_known_by_name(String client, String file, ToolCall.Kind kind) throws IOException {
        assertThat(call(client, file).orElseThrow().kind()).isEqualTo(kind);
    }

    @Test
    void reading_tools_name_what_they_read() throws IOException {
        assertThat(call("claude", "PreToolUse.Read").orElseThrow().reads())
                .singleElement()
                .asString()
                .startsWith("/home/user/project/");
        assertThat(call("gemini", "BeforeTool.read_file").orElseThrow().reads()).hasSize(1);
    }
}

package dev.agenttower.http.hook;

import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.hook.AgentClient;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gemini CLI. Tools as of 0.61.0. */
final class GeminiCli implements AgentClient {
    private static final Set<String> CONTEXT_EVENTS = Set.of("SessionStart", "BeforeAgent", "AfterTool");

    /** Tools that neither change nor read files of a project by themselves; what agents started by them do comes in calls of its own. */
    private static final Set<String> HARMLESS = Set.of(
            "invoke_agent",
            "web_fetch",
            "google_web_search",
            "write_todos",
            "update_topic",
            "ask_user",
            "enter_plan_mode",
            "exit_plan_mode",
            "activate_skill",
            "list_background_processes",
            "read_background_output");

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public String title() {
        return "Gemini CLI";
    }

    @Override
    public String agent() {
        return "GEMINI";
    }

    @Override
    public String toolEvent() {
        return "BeforeTool";
    }

    @Override
    public Set<String> contextEvents() {
        return CONTEXT_EVENTS;
    }

    @Override
    public Optional<Sign> sign(String event, Map<String, ? extends @Nullable Object> input) {
        return StateSigns.ofGemini(event, input);
    }

    @Override
    public String spoken(String event, Map<String, ? extends @Nullable Object> input) {
        return switch (event) {
            case "BeforeAgent" -> StateSigns.text(input, "prompt");
            case "AfterAgent" -> StateSigns.text(input, "prompt_response");
            default -> "";
        };
    }

    @Override
    public ToolCall toolCall(Map<String, ? extends @Nullable Object> given) {
        ToolInput input = ToolInput.of(given);
        return switch (input.tool()) {
            case "write_file" -> input.change(absolute(TextEdits.write(input)));
            case "replace" -> input.change(absolute(TextEdits.replace(input, "allow_multiple")));
            case "run_shell_command" ->
                input.command("command", input.found("dir_path").orElse(""));
            case "read_file", "read_many_files", "list_directory", "grep_search", "glob" ->
                input.reading("file_path", "absolute_path", "dir_path", "path", "paths", "include");
            default -> {
                if (input.tool().startsWith("mcp_")) {
                    yield McpTool.call(ownName(input, given.get("mcp_context")), input);
                }
                yield HARMLESS.contains(input.tool()) ? input.reading() : ToolCall.unknown(input.tool());
            }
        };
    }

    /** Gemini CLI takes a relative path that does not exist for another file whose path ends with it. */
    private static FileEdit absolute(FileEdit edit) {
        if (!edit.path().startsWith("/")) {
            throw RefusedException.invalid(
                    "give file_path as an absolute path: Gemini CLI may take a" + " relative one for another file");
        }
        return edit;
    }

    private static String ownName(ToolInput input, @Nullable Object context) {
        return context instanceof Map<?, ?> server && server.get("tool_name") instanceof String name
                ? name
                : input.tool();
    }
}

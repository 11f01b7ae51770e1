package dev.agenttower.http.hook;

import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.hook.AgentClient;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gemini CLI. Tools as of 0.61.0. */
final class GeminiCli implements AgentClient {
    private static final Set<String> CONTEXT_EVENTS = Set.of("SessionStart", "BeforeAgent", "AfterTool");

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
        List<FileEdit> edits = switch (input.tool()) {
            case "write_file" -> List.of(absolute(TextEdits.write(input)));
            case "replace" -> List.of(absolute(TextEdits.replace(input, "allow_multiple")));
            default ->
                input.tool().startsWith("mcp_")
                        ? McpTool.edits(ownName(input, given.get("mcp_context")), input)
                        : List.of();
        };
        return new ToolCall(input.tool(), edits);
    }

    /** Gemini CLI takes a relative path that does not exist for another file whose path ends with it. */
    private static FileEdit absolute(FileEdit edit) {
        if (!edit.path().startsWith("/")) {
            throw RefusedException.invalid("tool_input.file_path must be absolute");
        }
        return edit;
    }

    private static String ownName(ToolInput input, @Nullable Object context) {
        return context instanceof Map<?, ?> server && server.get("tool_name") instanceof String name
                ? name
                : input.tool();
    }
}

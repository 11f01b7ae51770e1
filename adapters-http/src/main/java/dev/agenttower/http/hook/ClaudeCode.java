package dev.agenttower.http.hook;

import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.governance.hook.AgentClient;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claude Code. Tools as of 2.1.332. */
final class ClaudeCode implements AgentClient {
    private static final Set<String> CONTEXT_EVENTS =
            Set.of("SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse");

    @Override
    public String name() {
        return "claude";
    }

    @Override
    public String title() {
        return "Claude Code";
    }

    @Override
    public String agent() {
        return "CLAUDE";
    }

    @Override
    public String toolEvent() {
        return "PreToolUse";
    }

    @Override
    public Set<String> contextEvents() {
        return CONTEXT_EVENTS;
    }

    @Override
    public Optional<Sign> sign(String event, Map<String, ? extends @Nullable Object> input) {
        return StateSigns.ofClaude(event, input);
    }

    @Override
    public String spoken(String event, Map<String, ? extends @Nullable Object> input) {
        return switch (event) {
            case "UserPromptSubmit" -> StateSigns.text(input, "prompt");
            case "Stop", "StopFailure" -> StateSigns.text(input, "last_assistant_message");
            default -> "";
        };
    }

    @Override
    public ToolCall toolCall(Map<String, ? extends @Nullable Object> given) {
        ToolInput input = ToolInput.of(given);
        List<FileEdit> edits = switch (input.tool()) {
            case "Write" -> List.of(TextEdits.write(input));
            case "Edit" -> List.of(TextEdits.replace(input, "replace_all"));
            case "NotebookEdit" -> List.of(new FileEdit.Touched(input.path("notebook_path"), "edit"));
            default ->
                input.tool().startsWith("mcp__") ? McpTool.edits(McpTool.ownName(input.tool()), input) : List.of();
        };
        return new ToolCall(input.tool(), edits);
    }
}

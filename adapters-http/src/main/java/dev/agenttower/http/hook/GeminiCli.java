package dev.agenttower.http.hook;

import dev.agenttower.core.governance.hook.AgentClient;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gemini CLI. Tools as of 0.61.0. */
final class GeminiCli implements AgentClient {
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
    public boolean hooksRunBelowAgent() {
        return true;
    }

    @Override
    public Optional<ToolCall> toolCall(String event, Map<String, ? extends @Nullable Object> input) {
        return event.equals("BeforeTool") ? Optional.of(call(ToolInput.of(input))) : Optional.empty();
    }

    private static ToolCall call(ToolInput input) {
        List<FileEdit> edits = switch (input.tool()) {
            case "write_file" -> List.of(TextEdits.write(input));
            case "replace" -> List.of(TextEdits.replace(input, "allow_multiple"));
            default -> input.tool().startsWith("mcp_") ? McpTool.edits(input) : List.of();
        };
        return new ToolCall(input.tool(), edits);
    }
}

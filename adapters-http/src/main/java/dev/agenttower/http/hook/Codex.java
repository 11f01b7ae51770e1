package dev.agenttower.http.hook;

import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.governance.hook.AgentClient;
import dev.agenttower.core.governance.hook.ToolCall;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Codex. Tools as of 0.171.0. Its hooks run below a daemon that the first of its terminals has started. */
final class Codex implements AgentClient {
    private static final Set<String> CONTEXT_EVENTS =
            Set.of("SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse");

    /** Tools that neither change nor read files by themselves; what agents started by them do comes in calls of its own. */
    private static final Set<String> HARMLESS = Set.of(
            "spawn_agent", "send_input", "resume_agent", "wait_agent", "close_agent", "update_plan", "web_search");

    @Override
    public String name() {
        return "codex";
    }

    @Override
    public String title() {
        return "Codex";
    }

    @Override
    public String agent() {
        return "CODEX";
    }

    @Override
    public boolean hooksRunBelowAgent() {
        return false;
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
        return StateSigns.ofCodex(event, input);
    }

    @Override
    public String spoken(String event, Map<String, ? extends @Nullable Object> input) {
        return StateSigns.spoken(event, input);
    }

    @Override
    public ToolCall toolCall(Map<String, ? extends @Nullable Object> given) {
        ToolInput input = ToolInput.of(given);
        return switch (input.tool()) {
            case "apply_patch" -> new ToolCall(input.tool(), CodexPatch.edits(input.text("command")));
            // Models that lack the tool pass the patch to a shell command of this name, which Codex takes over.
            case "Bash" ->
                input.found("command")
                        .flatMap(CodexPatch::inCommand)
                        .map(patch -> new ToolCall(input.tool(), CodexPatch.edits(patch)))
                        .orElseGet(() -> input.command("command", ""));
            default -> {
                if (input.tool().startsWith("mcp__")) {
                    yield McpTool.call(McpTool.ownName(input.tool()), input);
                }
                yield HARMLESS.contains(input.tool()) ? input.reading() : ToolCall.unknown(input.tool());
            }
        };
    }
}

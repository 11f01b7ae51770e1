package dev.agenttower.http.hook;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.governance.hook.AgentClient;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claude Code. Tools as of 2.1.332. */
final class ClaudeCode implements AgentClient {
    private static final Set<String> CONTEXT_EVENTS =
            Set.of("SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse");

    /** Tools that neither change nor read files by themselves; what agents started by them do comes in calls of its own. */
    private static final Set<String> HARMLESS = Set.of(
            "Agent",
            "Task",
            "TaskCreate",
            "TaskGet",
            "TaskList",
            "TaskOutput",
            "TaskStop",
            "TaskUpdate",
            "TodoWrite",
            "AskUserQuestion",
            "EnterPlanMode",
            "ExitPlanMode",
            "EnterWorktree",
            "ExitWorktree",
            "BashOutput",
            "KillShell",
            "Skill",
            "ToolSearch",
            "WebFetch",
            "WebSearch",
            "SendMessage",
            "ListAgents",
            "ReportFindings",
            "ScheduleWakeup",
            "CronDelete",
            "CronList",
            "ListMcpResourcesTool",
            "ReadMcpResourceTool");

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
        return StateSigns.spoken(event, input);
    }

    @Override
    public ToolCall toolCall(Map<String, ? extends @Nullable Object> given) {
        ToolInput input = ToolInput.of(given);
        return switch (input.tool()) {
            case "Write" -> input.change(TextEdits.write(input));
            case "Edit" -> input.change(TextEdits.replace(input, "replace_all"));
            case "NotebookEdit" -> input.change(new FileEdit.Touched(input.path("notebook_path"), "edit"));
            case "Bash", "Monitor" -> input.command("command", "");
            case "Read", "NotebookRead", "Grep", "Glob", "LS", "LSP" ->
                input.reading("file_path", "notebook_path", "path", "filePath");
            default -> {
                if (input.tool().startsWith("mcp__")) {
                    yield McpTool.call(McpTool.ownName(input.tool()), input);
                }
                yield HARMLESS.contains(input.tool()) ? input.reading() : ToolCall.unknown(input.tool());
            }
        };
    }

    /** Asks in the dialog of the client; without one, the client denies. */
    @Override
    public Optional<String> question(String reason) {
        return Optional.of("{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"ask\","
                + "\"permissionDecisionReason\":"
                + TextNode.valueOf(reason)
                + "}}");
    }
}

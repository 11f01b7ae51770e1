package dev.agenttower.http.hook;

import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.agent.state.Sign.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the events of hooks tell of the state of an agent, as of Claude Code 2.1.332, Gemini CLI 0.61.0 and Codex 0.171.0. What an input lacks
 * is empty: an event that says less still says something.
 */
final class StateSigns {
    /** The tools by which agents ask their user something. */
    private static final List<String> QUESTIONS = List.of("AskUserQuestion", "ask_user", "request_user_input");

    private static final List<String> SUBJECTS =
            List.of("command", "file_path", "notebook_path", "path", "url", "query", "description");
    private static final Pattern HTTP_STATUS = Pattern.compile("\\b(4\\d\\d|5\\d\\d)\\b");

    private StateSigns() {}

    /** What an event of Claude Code tells. */
    static Optional<Sign> ofClaude(String event, Map<String, ? extends @Nullable Object> input) {
        return switch (event) {
            case "Notification" ->
                switch (text(input, "notification_type")) {
                    case "permission_prompt" -> anyTool(input, text(input, "message"));
                    case "idle_prompt" -> sign(Kind.TURN_ENDED, input, "");
                    default -> Optional.empty();
                };
            case "StopFailure" ->
                sign(Kind.TURN_FAILED, input, failure(text(input, "error"), text(input, "last_assistant_message")));
            default -> common(event, input);
        };
    }

    /** What an event of Codex tells. */
    static Optional<Sign> ofCodex(String event, Map<String, ? extends @Nullable Object> input) {
        return event.equals("Interrupt") ? sign(Kind.INTERRUPTED, input, "") : common(event, input);
    }

    /** What an event of Gemini CLI tells. */
    static Optional<Sign> ofGemini(String event, Map<String, ? extends @Nullable Object> input) {
        return switch (event) {
            case "BeforeAgent" -> sign(Kind.PROMPT_SUBMITTED, input, "");
            case "AfterAgent" -> sign(Kind.TURN_ENDED, input, "");
            case "BeforeTool" -> toolBegan(input);
            case "AfterTool" -> sign(Kind.TOOL_ENDED, input, "");
            case "Notification" ->
                text(input, "notification_type").equals("ToolPermission")
                        ? anyTool(input, subject(input.get("details")).orElse(text(input, "message")))
                        : Optional.empty();
            case "SessionStart", "SessionEnd" -> common(event, input);
            default -> Optional.empty();
        };
    }

    /** The prompt or the last message that an event of Claude Code or Codex shows; empty if it shows none. */
    static String spoken(String event, Map<String, ? extends @Nullable Object> input) {
        return switch (event) {
            case "UserPromptSubmit" -> text(input, "prompt");
            case "Stop", "StopFailure" -> text(input, "last_assistant_message");
            default -> "";
        };
    }

    private static Optional<Sign> common(String event, Map<String, ? extends @Nullable Object> input) {
        return switch (event) {
            case "SessionStart" -> sign(Kind.SESSION_STARTED, input, text(input, "source"));
            case "SessionEnd" -> sign(Kind.SESSION_ENDED, input, text(input, "reason"));
            case "UserPromptSubmit" -> sign(Kind.PROMPT_SUBMITTED, input, "");
            case "PreToolUse" -> toolBegan(input);
            case "PostToolUse" -> sign(Kind.TOOL_ENDED, input, "");
            case "PermissionRequest" ->
                isQuestion(input)
                        ? toolBegan(input)
                        : sign(
                                Kind.PERMISSION_ASKED,
                                input,
                                Stream.concat(Stream.of(tool(input)), subject(input.get("tool_input")).stream())
                                        .reduce((tool, subject) -> tool + ": " + subject)
                                        .orElseThrow());
            case "Stop" -> sign(Kind.TURN_ENDED, input, "");
            case "SubagentStart" -> sign(Kind.SUBAGENT_STARTED, input, "");
            case "SubagentStop" -> sign(Kind.SUBAGENT_ENDED, input, "");
            default -> Optional.empty();
        };
    }

    private static Optional<Sign> toolBegan(Map<String, ? extends @Nullable Object> input) {
        return isQuestion(input)
                ? sign(Kind.QUESTION_ASKED, input, question(input.get("tool_input")))
                : sign(Kind.TOOL_BEGAN, input, "");
    }

    private static boolean isQuestion(Map<String, ? extends @Nullable Object> input) {
        return QUESTIONS.contains(tool(input));
    }

    private static Optional<Sign> sign(Kind kind, Map<String, ? extends @Nullable Object> input, String detail) {
        return Optional.of(new Sign(kind, text(input, "session_id"), text(input, "agent_id"), tool(input), detail));
    }

    /** A dialog of which the client does not say for which tool it is. */
    private static Optional<Sign> anyTool(Map<String, ? extends @Nullable Object> input, String detail) {
        return Optional.of(
                new Sign(Kind.PERMISSION_ASKED, text(input, "session_id"), text(input, "agent_id"), "", detail));
    }

    private static String tool(Map<String, ? extends @Nullable Object> input) {
        return text(input, "tool_name");
    }

    static String text(Map<?, ? extends @Nullable Object> input, String key) {
        return input.get(key) instanceof String text ? text : "";
    }

    /** What a tool is to be used on. */
    private static Optional<String> subject(@Nullable Object input) {
        return input instanceof Map<?, ?> given
                ? SUBJECTS.stream()
                        .map(key -> text(given, key))
                        .filter(text -> !text.isBlank())
                        .findFirst()
                : Optional.empty();
    }

    private static String question(@Nullable Object input) {
        return input instanceof Map<?, ?> given
                        && given.get("questions") instanceof List<?> questions
                        && !questions.isEmpty()
                        && questions.get(0) instanceof Map<?, ?> first
                ? text(first, "question")
                : "";
    }

    /** The kind of a failure: that which the client names, else what the status of the provider means. */
    private static String failure(String error, String message) {
        if (!error.isEmpty() && !error.equals("unknown")) {
            return error;
        }
        Matcher status = HTTP_STATUS.matcher(message);
        if (!status.find()) {
            return message;
        }
        return switch (status.group()) {
            case "429" -> "rate_limit";
            case "503", "529" -> "overloaded";
            default -> (status.group().startsWith("4") ? "refused: " : "") + message;
        };
    }
}

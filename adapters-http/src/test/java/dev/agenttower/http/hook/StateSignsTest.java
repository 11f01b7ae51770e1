package dev.agenttower.http.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.agent.state.Sign.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The inputs in {@code hooks/} were written by the real clients. */
class StateSignsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Map<String, Object> golden(String client, String file) throws IOException {
        try (InputStream in = StateSignsTest.class.getResourceAsStream("/hooks/" + client + "/" + file + ".json")) {
            return JSON.readValue(in, new TypeReference<LinkedHashMap<String, Object>>() {});
        }
    }

    private static Sign sign(String client, String event, Map<String, ?> input) {
        return AgentClients.named(client).orElseThrow().sign(event, input).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claude | SessionStart.startup               | SESSION_STARTED   | ''          | startup",
                "claude | SessionStart.resume                | SESSION_STARTED   | ''          | resume",
                "claude | SessionStart.clear                 | SESSION_STARTED   | ''          | clear",
                "claude | SessionStart.compact               | SESSION_STARTED   | ''          | compact",
                "claude | SessionEnd.clear                   | SESSION_ENDED     | ''          | clear",
                "claude | SessionEnd.prompt_input_exit       | SESSION_ENDED     | ''          | prompt_input_exit",
                "claude | SessionEnd.other                   | SESSION_ENDED     | ''          | other",
                "claude | UserPromptSubmit                   | PROMPT_SUBMITTED  | ''          | ''",
                "claude | UserPromptSubmit.task-notification | PROMPT_SUBMITTED  | ''          | ''",
                "claude | PreToolUse.Bash                    | TOOL_BEGAN        | Bash        | ''",
                "claude | PreToolUse.mcp__tiny__say          | TOOL_BEGAN        | mcp__tiny__say | ''",
                "claude | PostToolUse.Edit                   | TOOL_ENDED        | Edit        | ''",
                "claude | PermissionRequest.Bash             | PERMISSION_ASKED  | Bash        | Bash: touch t1 && rm t1",
                "claude | PermissionRequest.Edit             | PERMISSION_ASKED  | Edit        | Edit: /home/user/project/README.md",
                "claude | Notification.permission_prompt     | PERMISSION_ASKED  | ''          | Claude needs your permission",
                "claude | Notification.idle_prompt           | TURN_ENDED        | ''          | ''",
                "claude | Stop                               | TURN_ENDED        | ''          | ''",
                "claude | StopFailure                        | TURN_FAILED       | ''          | refused: API Error: 400 mock 400",
                "claude | SubagentStart                      | SUBAGENT_STARTED  | ''          | ''",
                "claude | SubagentStop                       | SUBAGENT_ENDED    | ''          | ''",
                "gemini | SessionStart.startup               | SESSION_STARTED   | ''          | startup",
                "gemini | SessionEnd.exit                    | SESSION_ENDED     | ''          | exit",
                "gemini | SessionEnd.clear                   | SESSION_ENDED     | ''          | clear",
                "gemini | BeforeAgent                        | PROMPT_SUBMITTED  | ''          | ''",
                "gemini | BeforeTool.write_file              | TOOL_BEGAN        | write_file  | ''",
                "gemini | AfterTool.run_shell_command        | TOOL_ENDED        | run_shell_command | ''",
                "gemini | Notification.ToolPermission        | PERMISSION_ASKED  | ''          | touch t1 && rm t1",
                "gemini | AfterAgent                         | TURN_ENDED        | ''          | ''",
                "codex  | SessionStart.startup               | SESSION_STARTED   | ''          | startup",
                "codex  | SessionEnd.other                   | SESSION_ENDED     | ''          | other",
                "codex  | UserPromptSubmit                   | PROMPT_SUBMITTED  | ''          | ''",
                "codex  | PreToolUse.apply_patch             | TOOL_BEGAN        | apply_patch | ''",
                "codex  | PostToolUse.Bash                   | TOOL_ENDED        | Bash        | ''",
                "codex  | PermissionRequest.Bash             | PERMISSION_ASKED  | Bash        | Bash: rm -f /home/user/run/outside",
                "codex  | Interrupt                          | INTERRUPTED       | ''          | ''",
                "codex  | Stop                               | TURN_ENDED        | ''          | ''",
            })
    void an_event_tells_of_the_agent(String client, String file, Kind kind, String tool, String detail)
            throws IOException {
        Map<String, Object> input = golden(client, file);
        Sign sign = sign(client, file.replaceAll("\\..*", ""), input);
        assertThat(sign.kind()).isEqualTo(kind);
        assertThat(sign.tool()).isEqualTo(tool);
        assertThat(sign.detail()).isEqualTo(detail);
        assertThat(sign.session()).isEqualTo(input.get("session_id"));
    }

    @ParameterizedTest
    @CsvSource({
        "claude, PreToolUse.Bash.in-subagent",
        "claude, PostToolUse.Bash.in-subagent",
        "claude, SubagentStart",
        "claude, SubagentStop",
        "codex, PreToolUse.Bash.in-subagent",
        "codex, UserPromptSubmit.in-subagent",
        "codex, SubagentStart",
        "codex, SubagentStop"
    })
    void an_event_of_a_sub_agent_names_it(String client, String file) throws IOException {
        Map<String, Object> input = golden(client, file);
        assertThat(sign(client, file.replaceAll("\\..*", ""), input).subagent())
                .isEqualTo(input.get("agent_id"))
                .isNotEmpty();
    }

    @Test
    void a_question_of_an_agent_is_no_question_of_permission() {
        Map<String, Object> input = Map.of(
                "tool_name",
                "AskUserQuestion",
                "tool_input",
                Map.of("questions", List.of(Map.of("question", "Which one?"), Map.of("question", "Why?"))));
        for (String event : List.of("PreToolUse", "PermissionRequest")) {
            assertThat(sign("claude", event, input))
                    .isEqualTo(new Sign(Kind.QUESTION_ASKED, "", "", "AskUserQuestion", "Which one?"));
        }
        assertThat(sign("claude", "PostToolUse", input).kind()).isEqualTo(Kind.TOOL_ENDED);
    }

    @ParameterizedTest
    @CsvSource({
        "rate_limit, API Error: 400, rate_limit",
        "unknown, API Error: 429 too many, rate_limit",
        "unknown, API Error: 529 busy, overloaded",
        "unknown, API Error: 500 oops, API Error: 500 oops",
        "unknown, API Error: 403 no, refused: API Error: 403 no",
        "'', gone, gone"
    })
    void a_failure_has_a_kind(String error, String message, String kind) {
        assertThat(sign("claude", "StopFailure", Map.of("error", error, "last_assistant_message", message))
                        .detail())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "claude, PreCompact",
        "claude, Notification",
        "gemini, BeforeModel",
        "gemini, Stop",
        "codex, PreModelRequest"
    })
    void other_events_tell_nothing(String client, String event) {
        assertThat(AgentClients.named(client).orElseThrow().sign(event, Map.of("notification_type", "auth_success")))
                .isEmpty();
    }

    @Test
    void an_input_of_another_shape_tells_what_it_can() {
        Map<String, Object> input =
                Map.of("session_id", 5, "agent_id", List.of(), "tool_name", Map.of(), "tool_input", "x");
        assertThat(sign("claude", "PermissionRequest", input))
                .isEqualTo(new Sign(Kind.PERMISSION_ASKED, "", "", "", ""));
    }
}

package dev.agenttower.core.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.state.Sign.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateMachineTest {
    private static final Duration STUCK_AFTER = Duration.ofMinutes(10);

    private final StateMachine machine = new StateMachine(STUCK_AFTER);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /**
     * Takes signs, each a second after the one before: the kind, then {@code :tool}, {@code =detail}, {@code @subagent} and {@code /session},
     * each where there is one.
     */
    private void hear(String signs) {
        for (String each : signs.trim().split("\\s+")) {
            now = now.plusSeconds(1);
            String kind = each.split("[:=@/]", 2)[0];
            machine.take(
                    new Sign(
                            kinds().stream()
                                    .filter(one -> one.name().equalsIgnoreCase(kind))
                                    .findFirst()
                                    .orElseThrow(() -> new IllegalArgumentException(kind)),
                            part(each, '/'),
                            part(each, '@'),
                            part(each, ':'),
                            part(each, '=')),
                    now);
            machine.at(now);
        }
    }

    private static List<Kind> kinds() {
        return List.of(Kind.values());
    }

    private static String part(String sign, char mark) {
        int at = sign.indexOf(mark);
        return at < 0 ? "" : sign.substring(at + 1).split("[:=@/]", 2)[0];
    }

    private String state() {
        AgentStatus status = machine.at(now);
        return status.state().wire() + (status.detail().isEmpty() ? "" : " " + status.detail());
    }

    private void read(AgentState state, Evidence evidence) {
        machine.take(new Reading(state, "", evidence, state.wire()), now);
    }

    @Test
    void nothing_is_known_at_first() {
        assertThat(machine.at(now)).isEqualTo(AgentStatus.UNKNOWN);
    }

    /** The orders of events that were seen in the clients, with the state that each must lead to. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Claude Code and Codex
                "session_started=startup                                                      | starting",
                "session_started=resume prompt_submitted                                      | working",
                "prompt_submitted tool_began:Bash                                             | working Bash",
                "prompt_submitted tool_began:Bash tool_ended:Bash                             | working",
                "prompt_submitted tool_began:Bash tool_ended:Bash turn_ended                  | idle",
                "prompt_submitted tool_began:Bash turn_ended                                  | idle",
                "tool_began:Bash permission_asked:Bash=Bash                                   | waiting_permission Bash",
                "tool_began:Bash permission_asked:Bash permission_asked=again                 | waiting_permission",
                "tool_began:Bash permission_asked:Bash tool_ended:Bash                        | working",
                "tool_began:Bash permission_asked:Bash turn_ended                             | idle",
                "tool_began:Bash permission_asked:Bash prompt_submitted                       | working",
                "tool_began:Bash permission_asked:Bash interrupted                            | idle interrupted",
                "prompt_submitted interrupted                                                 | idle interrupted",
                "prompt_submitted turn_failed=overloaded                                      | error overloaded",
                "prompt_submitted turn_failed=overloaded turn_ended                           | error overloaded",
                "prompt_submitted turn_failed=overloaded prompt_submitted                     | working",
                "session_started=startup/a session_ended=clear/a session_started=clear/b      | idle",
                "prompt_submitted/a session_started=compact/a                                 | working",
                "turn_ended session_ended=prompt_input_exit                                   | ended",
                "session_ended=other session_started=startup                                  | starting",
                "session_started=clear/b prompt_submitted/b session_ended=other/a             | working",
                // tools at the same time: only the end of the one that is asked about closes its dialog
                "tool_began:Bash tool_began:Edit permission_asked:Edit=Edit tool_ended:Bash   | waiting_permission Edit",
                "tool_began:Bash tool_began:Bash permission_asked:Bash=x tool_ended:Bash      | waiting_permission x",
                "tool_began:Bash tool_began:Bash permission_asked:Bash=x tool_ended:Bash tool_ended:Bash | working",
                "permission_asked:Edit=Edit tool_began:Read                                   | waiting_permission Edit",
                // sub-agents
                "prompt_submitted tool_began:Agent tool_ended:Agent subagent_started@s turn_ended | working sub-agent",
                "subagent_started@s tool_began:Read@s turn_ended tool_began:Bash@s            | working Bash",
                "subagent_started@s turn_ended tool_began:Bash@s subagent_ended@s             | idle",
                "subagent_started@s turn_ended subagent_ended@s prompt_submitted turn_ended   | idle",
                "subagent_started@s tool_began:Bash@s permission_asked:Bash@s=x turn_ended    | waiting_permission x",
                "subagent_started@s permission_asked:Bash@s=x prompt_submitted                | waiting_permission x",
                "subagent_started@s permission_asked:Bash@s=x tool_began:Bash tool_ended:Bash | waiting_permission x",
                "subagent_started@s permission_asked:Bash@s=x subagent_ended@s turn_ended     | idle",
                "subagent_started@s prompt_submitted@s turn_ended                             | working sub-agent",
                "turn_ended subagent_ended@a subagent_ended@b                                 | idle",
                // questions
                "tool_began:Read question_asked:AskUserQuestion=which?                        | waiting_input which?",
                "question_asked:AskUserQuestion question_asked:AskUserQuestion=w tool_ended:AskUserQuestion | working",
                "question_asked:AskUserQuestion=w permission_asked:Bash=x                     | waiting_permission x",
                // Gemini CLI, whose dialogs name no tool
                "prompt_submitted tool_began:sh permission_asked=run tool_ended:sh turn_ended | idle",
                "prompt_submitted tool_began:sh permission_asked=run                          | waiting_permission run",
                "turn_ended session_ended=exit session_ended=exit session_ended=exit          | ended",
            })
    void hooks_lead_to_the_state(String signs, String state) {
        hear(signs);
        assertThat(state()).isEqualTo(state);
    }

    @Test
    void a_refused_dialog_stays_open_until_the_client_shows_that_it_is_gone() {
        hear("prompt_submitted tool_began:Bash permission_asked:Bash=x");
        now = now.plus(STUCK_AFTER).plus(STUCK_AFTER);
        assertThat(state()).isEqualTo("waiting_permission x");
        read(AgentState.IDLE, Evidence.CLIENT);
        assertThat(state()).isEqualTo("idle");
        assertThat(machine.at(now).evidence()).isEqualTo(Evidence.CLIENT);
        assertThat(machine.at(now).since()).isEqualTo(now);
        hear("tool_began:Read");
        assertThat(state()).isEqualTo("working Read");
    }

    @ParameterizedTest
    @CsvSource({"IDLE", "WORKING", "ERROR", "ENDED"})
    void what_was_read_just_after_a_dialog_opened_may_be_older_than_it(AgentState state) {
        hear("permission_asked:Bash=x");
        now = now.plus(StateMachine.LAG).minusMillis(1);
        read(state, Evidence.SCREEN);
        assertThat(state()).isEqualTo("waiting_permission x");
        now = now.plusMillis(1);
        read(state, Evidence.SCREEN);
        assertThat(state()).isEqualTo(state.wire());
    }

    @Test
    void what_was_read_early_counts_when_nothing_else_comes() {
        hear("prompt_submitted tool_began:sh tool_ended:sh");
        now = now.plusMillis(100);
        read(AgentState.IDLE, Evidence.SCREEN);
        assertThat(state()).isEqualTo("working");
        now = now.plus(StateMachine.LAG);
        assertThat(state()).isEqualTo("idle");
    }

    @Test
    void what_was_read_early_closes_no_dialog_and_counts_no_more_after_the_next_sign() {
        hear("tool_began:sh permission_asked:sh=x");
        now = now.plusMillis(100);
        read(AgentState.IDLE, Evidence.SCREEN);
        now = now.plus(StateMachine.LAG);
        assertThat(state()).isEqualTo("waiting_permission x");
        hear("tool_ended:sh");
        now = now.plusMillis(100);
        read(AgentState.IDLE, Evidence.SCREEN);
        hear("tool_began:sh");
        now = now.plus(StateMachine.LAG);
        assertThat(state()).isEqualTo("working sh");
    }

    @Test
    void a_dialog_that_only_the_client_shows_needs_a_person_too() {
        hear("prompt_submitted");
        now = now.plusSeconds(5);
        read(AgentState.WAITING_PERMISSION, Evidence.SCREEN);
        assertThat(machine.at(now)).isEqualTo(new AgentStatus(AgentState.WAITING_PERMISSION, now, "", Evidence.SCREEN));
        now = now.plusSeconds(5);
        read(AgentState.WORKING, Evidence.SCREEN);
        assertThat(state()).isEqualTo("working");
    }

    @Test
    void the_detail_of_a_hook_is_kept_when_the_client_shows_the_same_dialog() {
        hear("permission_asked:Bash=x");
        now = now.plusSeconds(5);
        read(AgentState.WAITING_PERMISSION, Evidence.CLIENT);
        assertThat(state()).isEqualTo("waiting_permission x");
        assertThat(machine.at(now).evidence()).isEqualTo(Evidence.HOOK);
    }

    @Test
    void the_screen_tells_that_a_client_tries_again_and_that_it_has_stopped_doing_so() {
        read(AgentState.WORKING, Evidence.CLIENT);
        machine.take(new Reading(AgentState.WORKING, "429 · retrying", Evidence.SCREEN, "1"), now);
        assertThat(state()).isEqualTo("working 429 · retrying");
        read(AgentState.WORKING, Evidence.CLIENT);
        assertThat(state()).isEqualTo("working 429 · retrying");
        read(AgentState.WORKING, Evidence.SCREEN);
        assertThat(state()).isEqualTo("working");
        hear("tool_began:Bash");
        now = now.plusSeconds(5);
        read(AgentState.WORKING, Evidence.SCREEN);
        assertThat(state()).isEqualTo("working Bash");
    }

    @Test
    void only_what_is_shown_otherwise_than_before_is_a_sign_of_life() {
        read(AgentState.WORKING, Evidence.SCREEN);
        Instant begin = now;
        while (now.isBefore(begin.plus(STUCK_AFTER))) {
            now = now.plusSeconds(60);
            read(AgentState.WORKING, Evidence.CLIENT);
            read(AgentState.WORKING, Evidence.SCREEN);
        }
        assertThat(state()).isEqualTo("stuck");
        machine.take(new Reading(AgentState.WORKING, "", Evidence.SCREEN, "✽ Working… (2s)"), now);
        assertThat(state()).isEqualTo("working");
    }

    @Test
    void a_client_that_failed_and_waits_for_a_prompt_has_failed() {
        hear("turn_failed=overloaded");
        now = now.plusSeconds(5);
        read(AgentState.IDLE, Evidence.CLIENT);
        assertThat(state()).isEqualTo("error overloaded");
    }

    @Test
    void without_hooks_the_readings_are_the_state() {
        read(AgentState.WORKING, Evidence.SCREEN);
        Instant began = now;
        now = now.plusSeconds(3);
        read(AgentState.WORKING, Evidence.SCREEN);
        assertThat(machine.at(now)).isEqualTo(new AgentStatus(AgentState.WORKING, began, "", Evidence.SCREEN));
        read(AgentState.ENDED, Evidence.SCREEN);
        assertThat(state()).isEqualTo("ended");
    }

    @Test
    void a_session_that_began_waits_for_a_prompt_after_a_while() {
        hear("session_started=startup");
        Instant idle = now.plus(StateMachine.START);
        now = idle.minusMillis(1);
        assertThat(state()).isEqualTo("starting");
        now = idle.plusSeconds(100);
        assertThat(machine.at(now)).isEqualTo(new AgentStatus(AgentState.IDLE, idle, "", Evidence.HOOK));
    }

    @Test
    void an_agent_that_works_without_a_sign_is_stuck() {
        hear("prompt_submitted tool_began:Bash");
        Instant stuck = now.plus(STUCK_AFTER);
        now = stuck.minusMillis(1);
        assertThat(state()).isEqualTo("working Bash");
        now = stuck;
        assertThat(machine.at(now)).isEqualTo(new AgentStatus(AgentState.STUCK, stuck, "Bash", Evidence.HOOK));
        hear("tool_ended:Bash");
        assertThat(state()).isEqualTo("working");
    }

    @Test
    void a_title_that_moves_is_a_sign_of_life_and_a_file_that_says_busy_is_none() {
        hear("prompt_submitted");
        now = now.plus(STUCK_AFTER).minusSeconds(1);
        machine.take(new Reading(AgentState.WORKING, "", Evidence.SCREEN, "spin 1"), now);
        now = now.plusSeconds(2);
        assertThat(state()).isEqualTo("working");
        machine.take(new Reading(AgentState.WORKING, "", Evidence.CLIENT, "busy"), now);
        now = now.plus(STUCK_AFTER).minusSeconds(2);
        assertThat(state()).isEqualTo("stuck");
    }

    @Test
    void a_sub_agent_that_is_not_heard_of_any_more_keeps_nobody_at_work() {
        hear("subagent_started@s turn_ended");
        now = now.plus(STUCK_AFTER);
        assertThat(state()).isEqualTo("idle");
    }

    @Test
    void a_state_is_as_old_as_its_beginning() {
        hear("prompt_submitted");
        Instant began = now;
        hear("tool_began:Bash tool_ended:Bash");
        assertThat(machine.at(now).since()).isEqualTo(began);
        hear("permission_asked:Edit");
        assertThat(machine.at(now).since()).isEqualTo(now);
    }

    @Test
    void what_is_remembered_of_an_agent_is_bounded() {
        for (int i = 0; i < 1000; i++) {
            hear("tool_began:T" + i + "@s" + i + " permission_asked:T" + i + "@s" + i + "=d" + i);
        }
        assertThat(state()).isEqualTo("waiting_permission d0");
        hear("interrupted");
        assertThat(state()).isEqualTo("idle interrupted");
    }

    @Test
    void a_detail_is_one_short_line_without_secrets() {
        machine.take(
                new Sign(
                        Kind.PERMISSION_ASKED,
                        "",
                        "",
                        "Bash",
                        "a\n\u001b[31mAPI_KEY=sk-abcdefghijklmnopqrstuvwxyz0123456789 " + "x".repeat(999)),
                now);
        assertThat(machine.at(now).detail())
                .doesNotContain("\n", "\u001b", "abcdefghijklmnop")
                .hasSizeLessThanOrEqualTo(Sign.MOST);
    }
}

package dev.agenttower.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.console.ConsoleKeys.Step;
import dev.agenttower.cli.console.ConsoleState.Page;
import dev.agenttower.cli.terminal.KeyPress;
import dev.agenttower.cli.terminal.KeyPress.Kind;
import dev.agenttower.client.governance.change.Authorization;
import dev.agenttower.core.inbox.InboxItem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleKeysTest {
    private static final Effect NOTHING = new Effect.None();
    private static final String DIFF = "--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n one\n+two\n";

    private KnownTower tower = ConsoleFixture.TOWER;
    private ConsoleState state = ConsoleState.START;
    private Effect effect = NOTHING;

    private void press(KeyPress... keys) {
        for (KeyPress key : keys) {
            Step step = new ConsoleKeys(tower, 10).press(state, key);
            state = step.state();
            effect = step.effect();
        }
    }

    private void press(Kind... kinds) {
        for (Kind kind : kinds) {
            press(KeyPress.of(kind));
        }
    }

    private void control(char letter) {
        press(new KeyPress(Kind.CONTROL, String.valueOf(letter)));
    }

    private void type(String text) {
        text.codePoints().forEach(c -> press(new KeyPress(Kind.CHARACTER, Character.toString(c))));
    }

    private String chosen() {
        return Row.chosen(state, tower) == null ? "" : Row.chosen(state, tower).key();
    }

    @Test
    void the_agent_that_needs_the_human_is_chosen_first_and_the_choice_stays_with_the_agent() {
        assertThat(chosen()).isEqualTo("agt_tests");
        press(Kind.DOWN);
        assertThat(chosen()).isEqualTo("agt_backend");
        tower = new KnownTower(
                List.of(ConsoleFixture.pane(7, ConsoleFixture.agent("new", "stuck", "", "")), ConsoleFixture.BACKEND),
                List.of(),
                true,
                "");
        assertThat(chosen()).isEqualTo("agt_backend");
        press(Kind.UP, Kind.UP);
        assertThat(chosen()).isEqualTo("agt_new");
        control('n');
        assertThat(chosen()).isEqualTo("agt_backend");
        control('p');
        assertThat(chosen()).isEqualTo("agt_new");
        press(Kind.END);
        assertThat(chosen()).isEqualTo("agt_backend");
    }

    @Test
    void enter_goes_to_the_pane_of_the_agent() {
        press(Kind.ENTER);
        assertThat(effect).isEqualTo(new Effect.Jump(ConsoleFixture.TESTS));
    }

    @Test
    void s_asks_for_a_prompt_and_sends_it_with_the_lines_that_were_pasted() {
        type("sdo q");
        press(Kind.BACKSPACE);
        press(new KeyPress(Kind.PASTE, "this\nand that 日本"));
        assertThat(effect).isEqualTo(NOTHING);
        press(Kind.ENTER);
        assertThat(effect).isEqualTo(new Effect.Send("agt_tests", "do this\nand that 日本"));
        assertThat(state.prompt()).isNull();
    }

    @Test
    void an_empty_answer_and_escape_send_nothing() {
        type("s ");
        press(Kind.ENTER);
        assertThat(effect).isEqualTo(NOTHING);
        type("sx");
        press(Kind.ESCAPE);
        assertThat(state.prompt()).isNull();
        assertThat(effect).isEqualTo(NOTHING);
    }

    @Test
    void what_is_pasted_is_never_a_command() {
        press(new KeyPress(Kind.PASTE, "kyq"));
        assertThat(state).isEqualTo(ConsoleState.START);
        type("k");
        press(new KeyPress(Kind.PASTE, "y"));
        assertThat(effect).isEqualTo(NOTHING);
        assertThat(state.prompt()).isNull();
    }

    @Test
    void the_kill_switch_is_used_after_a_confirmation_only_and_lets_prompts_through_again() {
        type("kn");
        assertThat(effect).isEqualTo(NOTHING);
        type("ky");
        assertThat(effect).isEqualTo(new Effect.Route(false));
        tower = new KnownTower(List.of(), List.of(), false, "");
        type("ky");
        assertThat(effect).isEqualTo(new Effect.Route(true));
    }

    @Test
    void a_pane_is_adopted_under_the_label_that_is_confirmed() {
        type("a");
        assertThat(state.page()).isEqualTo(Page.ADOPT);
        press(Kind.ENTER);
        assertThat(state.prompt()).isNotNull().extracting(Prompt::text).isEqualTo("work");
        type("-2");
        press(Kind.ENTER);
        assertThat(effect).isEqualTo(new Effect.Adopt(ConsoleFixture.FREE, "work-2"));
        assertThat(state.page()).isEqualTo(Page.AGENTS);
    }

    @Test
    void n_runs_the_program_that_is_named() {
        type("n");
        control('u');
        type("codex --model x");
        press(Kind.ENTER);
        assertThat(effect).isEqualTo(new Effect.Run("codex --model x"));
    }

    @Test
    void a_filter_takes_effect_while_it_is_typed_and_escape_removes_it() {
        type("/DOC");
        assertThat(chosen()).isEqualTo("agt_docs");
        press(Kind.ENTER);
        assertThat(state.filter()).isEqualTo("DOC");
        type("s");
        assertThat(state.prompt()).isNotNull().extracting(Prompt::pane).isEqualTo(ConsoleFixture.DOCS);
        press(Kind.ESCAPE, Kind.ESCAPE);
        assertThat(state.filter()).isEmpty();
        type("/needs you");
        assertThat(chosen()).isEqualTo("agt_tests");
        type("x");
        assertThat(chosen()).isEmpty();
        press(Kind.ENTER, Kind.ENTER);
        assertThat(effect).isEqualTo(NOTHING);
    }

    @Test
    void what_an_agent_asks_leads_to_its_pane_and_a_project_that_cannot_be_read_says_why() {
        control('g');
        press(Kind.END, Kind.ENTER);
        assertThat(effect).isEqualTo(new Effect.Jump(ConsoleFixture.TESTS));
        InboxItem broken =
                new InboxItem(InboxItem.Kind.PROBLEM, "lab", "lab", "lab", "unreadable", "no JSON", null, null, null);
        tower = new KnownTower(List.of(), List.of(broken), true, "");
        press(Kind.ENTER);
        assertThat(effect).isEqualTo(NOTHING);
        assertThat(state.message()).isEqualTo("lab is unreadable: no JSON");
    }

    private void review(boolean applies) {
        control('g');
        assertThat(state.page()).isEqualTo(Page.WAITING);
        press(Kind.ENTER);
        assertThat(effect).isEqualTo(new Effect.Read(ConsoleFixture.PLAN));
        state = state.showing(ConsoleFixture.review(ConsoleFixture.PLAN, DIFF, applies));
    }

    @Test
    void exactly_the_change_that_was_shown_is_authorized_after_a_confirmation() {
        review(true);
        type("a");
        assertThat(effect).isEqualTo(NOTHING);
        type("y");
        assertThat(effect)
                .isEqualTo(new Effect.Decide(
                        new Decision(
                                ConsoleFixture.PLAN,
                                new Authorization(ConsoleFixture.PLAN.id(), ConsoleFixture.HASH, "cd".repeat(32), null),
                                ""),
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "Y", "q", " ", "a"})
    void anything_but_y_authorizes_nothing(String key) {
        review(true);
        type("a" + key);
        assertThat(effect).isEqualTo(NOTHING);
        assertThat(state.prompt()).isNull();
    }

    @Test
    void a_change_that_does_not_apply_cannot_be_authorized() {
        review(false);
        type("a");
        assertThat(state.prompt()).isNull();
        assertThat(state.message()).contains("does not apply: the text is gone");
    }

    @Test
    void a_change_is_rejected_with_a_reason_and_edited() {
        review(true);
        type("rtoo wide");
        press(Kind.ENTER);
        assertThat(effect).isEqualTo(new Effect.Decide(new Decision(ConsoleFixture.PLAN, null, "too wide"), null));
        type("e");
        assertThat(effect).isEqualTo(new Effect.Edit(ConsoleFixture.PLAN));
    }

    @Test
    void the_passphrase_goes_with_the_decision_that_it_was_demanded_for() {
        Decision decision = new Decision(ConsoleFixture.PLAN, null, "no");
        Prompt demanded =
                Prompt.of(Prompt.Kind.PASSPHRASE, "Operator passphrase").about(decision);
        state = state.asking(demanded);
        press(Kind.ENTER);
        assertThat(effect).isEqualTo(NOTHING);
        state = state.asking(demanded);
        type("open sesame");
        assertThat(state.toString()).doesNotContain("sesame");
        press(Kind.ENTER);
        assertThat(effect).isEqualTo(new Effect.Decide(decision, "open sesame"));
        assertThat(effect.toString()).doesNotContain("sesame");
    }

    @Test
    void q_and_escape_lead_back_and_q_leaves_from_the_agents() {
        review(true);
        press(Kind.ESCAPE);
        assertThat(state.page()).isEqualTo(Page.WAITING);
        type("?");
        assertThat(state.page()).isEqualTo(Page.HELP);
        type("q");
        assertThat(state.page()).isEqualTo(Page.AGENTS);
        press(Kind.ESCAPE);
        assertThat(effect).isEqualTo(NOTHING);
        type("q");
        assertThat(effect).isEqualTo(new Effect.Quit());
    }

    @ParameterizedTest
    @EnumSource(Page.class)
    void ctrl_c_and_the_end_of_input_leave_from_everywhere(Page page) {
        state = state.on(page);
        control('c');
        assertThat(effect).isEqualTo(new Effect.Quit());
        state = state.asking(Prompt.of(Prompt.Kind.SEND, "Prompt"));
        press(Kind.CLOSED);
        assertThat(effect).isEqualTo(new Effect.Quit());
    }

    @Test
    void a_message_stays_until_a_key_is_pressed() {
        state = state.saying("delivered");
        press(Kind.NONE, Kind.RESIZED);
        assertThat(state.message()).isEqualTo("delivered");
        press(Kind.DOWN);
        assertThat(state.message()).isEmpty();
    }
}

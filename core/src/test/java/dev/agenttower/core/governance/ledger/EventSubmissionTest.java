package dev.agenttower.core.governance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.json.JsonNumber;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSubmissionTest {
    private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());
    private final EventSubmission submission = new EventSubmission(ledger);

    @Test
    void takes_a_complete_event_and_puts_it_on_the_chain() {
        Map<String, Object> event = event();
        event.put("hash", "forged");
        event.put("more", Map.of("a", 1));

        assertThat(submission.submit(event)).isEqualTo("evt_x");

        LedgerEvent written = ledger.events().get(0);
        assertThat(written.id()).isEqualTo("evt_x");
        assertThat(written.agent()).isEqualTo("CLAUDE");
        assertThat(written.fields()).containsEntry("more", Map.of("a", 1));
        assertThat(ledger.verify().valid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HUMAN",
                "human",
                " System ",
                "SYSTEM",
                "ＨＵＭＡＮ",
                "\u00a0Human",
                "HUMAN\ufe0f",
                "HU\u0336MAN",
                "HUMAN\ue000"
            })
    void nobody_signs_as_the_human_or_as_governance(String agent) {
        Map<String, Object> event = event();
        event.put("agent", agent);
        assertThatThrownBy(() -> submission.submit(event)).hasMessageContaining("is reserved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sovereign_change_authorized",
                "sovereign_file_drift",
                "governance_config_interrupted",
                "SOVEREIGN_x",
                "spec_approved",
                "shatterglass_activated",
                "break_glass",
                "break_glass_audit",
                "integrity_reset",
                "governance_config_updated"
            })
    void nobody_writes_what_only_governance_may(String type) {
        Map<String, Object> event = event();
        event.put("action_type", type);
        assertThatThrownBy(() -> submission.submit(event)).hasMessageContaining("is reserved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUMAN\u200b", "\u202eNAMUH", "HU\u00adMAN", "HUMAN\u0085", "H\ud800"})
    void a_name_has_nothing_that_a_reader_does_not_see(String agent) {
        Map<String, Object> event = event();
        event.put("agent", agent);
        assertThatThrownBy(() -> submission.submit(event)).hasMessageContaining("control character");
    }

    @Test
    void refuses_what_does_not_match_the_schema() {
        for (String key : EventSubmission.REQUIRED) {
            Map<String, Object> event = event();
            event.remove(key);
            assertThatThrownBy(() -> submission.submit(event)).hasMessage("Event does not match schema");
        }
        for (Object tier : new Object[] {4, 0, "1", 1.0}) {
            Map<String, Object> event = event();
            event.put("tier", tier);
            assertThatThrownBy(() -> submission.submit(event)).isInstanceOf(RefusedException.class);
        }
        Map<String, Object> event = event();
        event.put("ts", "yesterday");
        assertThatThrownBy(() -> submission.submit(event)).isInstanceOf(RefusedException.class);
    }

    @Test
    void a_missing_spec_may_be_null() {
        Map<String, Object> event = event();
        event.put("spec_ref", null);
        submission.submit(event);
        assertThat(ledger.events().get(0).fields()).containsEntry("spec_ref", null);
    }

    @Test
    void the_same_event_again_is_a_retry_and_another_one_of_its_id_a_conflict() {
        Map<String, Object> event = event();
        event.put("more", Map.of("decimal", JsonNumber.parse("1.10"), "list", List.of(1, JsonNumber.parse("-0"))));
        submission.submit(event);

        event.put("hash", "other");
        event.put("role", "ARCHITECT");
        assertThat(submission.submit(event)).isEqualTo("evt_x");
        assertThat(new EventSubmission(ledger).submit(event)).isEqualTo("evt_x");
        assertThat(ledger.events()).hasSize(1);

        event.put("description", "other");
        assertThatThrownBy(() -> submission.submit(event))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(ledger.events()).hasSize(1);
    }

    @Test
    void an_event_that_another_process_appended_is_known_as_well_and_a_new_chain_knows_none() {
        submission.submit(event());
        ledger.append(EventDraft.of("t", "A", "R", "note", 3, "d").withId("evt_y"));
        Map<String, Object> other = event();
        other.put("event_id", "evt_y");
        assertThatThrownBy(() -> submission.submit(other)).hasMessage("another event has the id 'evt_y'");
        ledger.closeSegment(segment -> EventDraft.of("t", "A", "R", "integrity_reset", 1, "d"));
        assertThat(submission.submit(other)).isEqualTo("evt_y");
        assertThat(ledger.events()).hasSize(2);
    }

    @Test
    void at_least_the_last_thousand_events_are_known() {
        submission.submit(event());
        for (int i = 1; i < LedgerQuery.MAX_LIMIT; i++) {
            ledger.append(EventDraft.of("t", "A", "R", "note", 3, "d"));
        }
        assertThat(submission.submit(event())).isEqualTo("evt_x");
        assertThat(new EventSubmission(ledger).submit(event())).isEqualTo("evt_x");
        assertThat(ledger.events()).hasSize(LedgerQuery.MAX_LIMIT);
    }

    @Test
    void numbers_are_on_the_ledger_as_they_are_read_back() {
        Map<String, Object> event = event();
        event.put("more", List.of(JsonNumber.parse("1.0000000000000000000001"), JsonNumber.parse("1e5")));
        event.put("half", "a\ud800");
        submission.submit(event);
        assertThat(ledger.events().get(0).fields())
                .containsEntry("more", List.of(1.0, 100000.0))
                .containsEntry("half", "a\ufffd");
        event.put("more", Double.NaN);
        assertThatThrownBy(() -> submission.submit(event)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, Object> event() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event_id", "evt_x");
        event.put("ts", "2026-02-20T21:13:15.067233Z");
        event.put("agent", "claude");
        event.put("role", "Architect");
        event.put("action_type", "note");
        event.put("description", "d");
        event.put("spec_ref", "SPEC-001");
        event.put("authorized", true);
        return event;
    }
}

package dev.agenttower.core.governance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.governance.GovernanceException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
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

        LedgerEvent written = submission.submit(event);

        assertThat(written.id()).isEqualTo("evt_x");
        assertThat(written.agent()).isEqualTo("CLAUDE");
        assertThat(written.fields()).containsEntry("more", Map.of("a", 1));
        assertThat(ledger.verify().valid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUMAN", "human", " System ", "SYSTEM", "ＨＵＭＡＮ", "\u00a0Human"})
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
            assertThatThrownBy(() -> submission.submit(event)).isInstanceOf(GovernanceException.class);
        }
        Map<String, Object> event = event();
        event.put("ts", "yesterday");
        assertThatThrownBy(() -> submission.submit(event)).isInstanceOf(GovernanceException.class);
    }

    @Test
    void a_missing_spec_may_be_null() {
        Map<String, Object> event = event();
        event.put("spec_ref", null);
        assertThat(submission.submit(event).fields()).containsEntry("spec_ref", null);
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

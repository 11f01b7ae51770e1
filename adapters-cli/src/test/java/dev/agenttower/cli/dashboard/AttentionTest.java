package dev.agenttower.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttentionTest {
    private static final JsonNode LATEST = JsonText.parseWhole("""
            [{"agent_id": "a", "event_type": "waiting_for_input", "excerpt": "old", "classifier_rule_id": "x.v1"},
             {"agent_id": "b", "event_type": "error", "excerpt": "gone", "classifier_rule_id": "state.error.v1"},
             {"agent_id": "b", "event_type": "test_failed", "excerpt": "2 failed", "classifier_rule_id": "y.v1"},
             {"agent_id": "c", "event_type": "waiting_for_input", "excerpt": "go on?", "classifier_rule_id": "x.v1"}]
            """);

    private static PaneAgent agent(String id, String state, String detail) {
        return new PaneAgent(id, "slave", "claude", id.toUpperCase(Locale.ROOT), state, "", detail, "");
    }

    private static List<String> warnings(PaneAgent... agents) {
        return new Attention(Map.of())
                .states(List.of(agents)).agents(LATEST).warnings().stream()
                        .map(Warning::text)
                        .toList();
    }

    @Test
    void what_an_agent_does_goes_before_what_its_events_said() {
        assertThat(warnings(agent("a", "working", "Bash"), agent("b", "idle", ""), agent("c", "unknown", "")))
                .containsExactly("c waits for input: go on?", "b has a failed test: 2 failed");
    }

    @Test
    void agents_whose_state_needs_a_person_come_first_and_are_few() {
        assertThat(warnings(
                        agent("a", "error", "overloaded"),
                        agent("b", "waiting_permission", "Bash: ls"),
                        agent("c", "stuck", ""),
                        agent("d", "waiting_input", "")))
                .containsExactly(
                        "B is waiting permission: Bash: ls",
                        "D is waiting input",
                        "C is stuck",
                        "1 more; agenttower list-agents --states",
                        "b has a failed test: 2 failed");
    }
}

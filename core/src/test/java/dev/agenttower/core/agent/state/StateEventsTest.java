package dev.agenttower.core.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventQuery;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.memory.InMemoryTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateEventsTest {
    private static final AgentId AGENT = new AgentId("agt_00000000000a");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final EventStore store = new InMemoryTables().events();
    private final List<Exception> lost = new ArrayList<>();
    private int told;

    private void change(AgentState from, AgentState to, String detail, Evidence evidence) {
        new StateEvents(store, () -> told++, () -> NOW, Runnable::run, lost::add)
                .changed(
                        AGENT,
                        new AgentStatus(from, NOW, "", Evidence.HOOK),
                        new AgentStatus(to, NOW, detail, evidence));
    }

    private List<Event> stored() {
        return store.following(EventQuery.ALL, 0, 10);
    }

    @ParameterizedTest
    @CsvSource({
        "WORKING, WAITING_PERMISSION, Bash: ls, HOOK, waiting_for_input, waiting_permission: Bash: ls",
        "WORKING, WAITING_INPUT, '', SCREEN, waiting_for_input, waiting_input",
        "WORKING, ERROR, overloaded, HOOK, error, error: overloaded",
        "WORKING, STUCK, Bash, HOOK, long_running, stuck: Bash",
        "WORKING, IDLE, '', HOOK, completed, idle",
        "STUCK, IDLE, '', HOOK, completed, idle"
    })
    void a_change_that_matters_is_an_event(
            AgentState from, AgentState to, String detail, Evidence evidence, String type, String excerpt) {
        change(from, to, detail, evidence);
        assertThat(stored()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(type);
            assertThat(event.excerpt()).isEqualTo(excerpt);
            assertThat(event.agentId()).isEqualTo(AGENT.value());
            assertThat(event.ruleId()).isEqualTo("state." + to.wire() + ".v1");
            assertThat(event.attachmentId()).isEmpty();
            assertThat(event.observedAt()).isEqualTo("2026-01-01T00:00:00.000000+00:00");
        });
        assertThat(told).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "IDLE, WORKING, '', HOOK",
        "WORKING, ENDED, '', HOOK",
        "STARTING, IDLE, '', HOOK",
        "UNKNOWN, IDLE, '', HOOK",
        "WORKING, IDLE, interrupted, HOOK",
        "WAITING_PERMISSION, IDLE, '', CLIENT",
        "WORKING, IDLE, '', SCREEN"
    })
    void other_changes_are_none(AgentState from, AgentState to, String detail, Evidence evidence) {
        change(from, to, detail, evidence);
        assertThat(stored()).isEmpty();
        assertThat(told).isZero();
    }

    @Test
    void an_event_that_nobody_can_store_is_told() {
        RejectedExecutionException full = new RejectedExecutionException();
        new StateEvents(
                        store,
                        () -> told++,
                        () -> NOW,
                        work -> {
                            throw full;
                        },
                        lost::add)
                .changed(AGENT, AgentStatus.UNKNOWN, new AgentStatus(AgentState.ERROR, NOW, "", Evidence.HOOK));
        assertThat(lost).containsExactly(full);
        assertThat(told).isZero();
    }
}

package dev.agenttower.core.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.state.Sign.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentStatesTest {
    private static final AgentId A = new AgentId("agt_00000000000a");
    private static final AgentId B = new AgentId("agt_00000000000b");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AgentStates states = new AgentStates(() -> now, Duration.ofMinutes(1));
    private final List<String> changes = new ArrayList<>();

    AgentStatesTest() {
        states.onChanged((agent, before, after) ->
                changes.add(before.state().wire() + ">" + after.state().wire()));
    }

    private static Sign sign(Kind kind) {
        return new Sign(kind, "", "", "", "");
    }

    @Test
    void an_agent_that_was_not_heard_of_is_unknown() {
        assertThat(states.of(A)).isEqualTo(AgentStatus.UNKNOWN);
        assertThat(states.known()).isEmpty();
    }

    @Test
    void only_changes_of_the_state_are_told() {
        states.take(A, sign(Kind.PROMPT_SUBMITTED));
        states.take(A, new Sign(Kind.TOOL_BEGAN, "", "", "Bash", ""));
        states.take(A, new Sign(Kind.PERMISSION_ASKED, "", "", "Bash", "Bash"));
        states.take(B, sign(Kind.TURN_ENDED));
        assertThat(changes).containsExactly("unknown>working", "working>waiting_permission", "unknown>idle");
    }

    @Test
    void what_time_alone_changes_is_told_once_even_if_somebody_looked_before() {
        states.take(A, sign(Kind.PROMPT_SUBMITTED));
        now = now.plusSeconds(60);
        assertThat(states.of(A).state()).isEqualTo(AgentState.STUCK);
        states.refresh(Set.of(A));
        states.refresh(Set.of(A));
        assertThat(changes).containsExactly("unknown>working", "working>stuck");
    }

    @Test
    void agents_that_are_gone_are_forgotten() {
        states.take(A, sign(Kind.PROMPT_SUBMITTED));
        states.take(B, sign(Kind.PROMPT_SUBMITTED));
        states.refresh(Set.of(B));
        assertThat(states.known()).containsExactly(B);
        assertThat(states.of(A)).isEqualTo(AgentStatus.UNKNOWN);
    }

    @Test
    void counts_those_at_work_and_those_that_need_a_person() {
        states.take(A, sign(Kind.PROMPT_SUBMITTED));
        states.take(B, sign(Kind.PERMISSION_ASKED));
        assertThat(states.counts()).isEqualTo(new AgentStates.Counts(1, 1));
        now = now.plusSeconds(60);
        assertThat(states.counts()).isEqualTo(new AgentStates.Counts(2, 0));
    }

    @Test
    void a_reading_counts_from_when_the_client_was_looked_at() {
        states.take(A, sign(Kind.PERMISSION_ASKED));
        now = now.plusSeconds(5);
        states.take(A, new Reading(AgentState.IDLE, "", Evidence.CLIENT, "idle"), now.minusSeconds(5));
        assertThat(states.of(A).state()).isEqualTo(AgentState.WAITING_PERMISSION);
        states.take(A, new Reading(AgentState.IDLE, "", Evidence.CLIENT, "idle"), now);
        assertThat(states.of(A).state()).isEqualTo(AgentState.IDLE);
    }
}

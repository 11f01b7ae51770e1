package dev.agenttower.core.agent;

import static dev.agenttower.core.agent.AgentBench.UID;
import static dev.agenttower.core.agent.AgentBench.key;
import static dev.agenttower.core.agent.AgentBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AgentRemovalTest {
    private final AgentBench bench = new AgentBench();
    private final List<ContainerId> looks = new ArrayList<>();
    private Runnable look = () -> {};
    private final AgentRemoval removal = bench.removal(
            bench -> {
                looks.add(bench);
                look.run();
            },
            (target, by) -> target.value().endsWith("1") ? 3 : 0);

    @Test
    void an_ended_agent_is_removed_and_the_trail_tells() {
        Agent ended = bench.agent(1, Role.SLAVE, null, false);
        Agent other = bench.agent(0, Role.SLAVE, null, true);
        AgentRemoval.Removed removed = removal.forget(ended.id(), "host-operator", UID);
        assertThat(removed.agent().agent()).isEqualTo(ended);
        assertThat(removed.canceledMessages()).isEqualTo(3);
        assertThat(bench.all()).containsExactly(other);
        assertThat(looks).isEmpty();
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("agent_id", "agt_000000000001");
        payload.put("container_id", AgentBench.BENCH.value());
        payload.put("tmux_pane_id", "%1");
        payload.put("role", "slave");
        payload.put("label", "label-1");
        payload.put("canceled_messages", 3);
        payload.put("requested_by", "host-operator");
        payload.put("socket_peer_uid", UID);
        assertThat(bench.audited()).containsExactly(AuditRecord.of("agent_forgotten", payload));
    }

    @Test
    void an_agent_ends_though_its_pane_lives_by_itself_or_a_person() {
        Agent active = bench.agent(0, Role.SLAVE, null, true);
        assertThat(refusal(() -> removal.end(active.id(), "agt_000000000009", UID)))
                .isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
        assertThat(bench.all()).containsExactly(active);

        assertThat(removal.end(active.id(), active.id().value(), UID)).contains(active);
        assertThat(bench.all()).extracting(Agent::active).containsExactly(false);
        assertThat(bench.audited())
                .extracting(line -> line.fields().get("type"))
                .containsExactly("agent_ended");
        assertThat(removal.end(active.id(), "host-operator", UID)).isEmpty();
        assertThat(bench.audited()).hasSize(1);
        assertThat(bench.store.adoptablePanes()).noneMatch(pane -> pane.pane().equals(active.pane()));
    }

    @Test
    void an_active_agent_stays() {
        Agent active = bench.agent(0, Role.SLAVE, null, true);
        assertThat(refusal(() -> removal.forget(active.id(), "x", UID))).isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
        assertThat(bench.all()).containsExactly(active);
        assertThat(bench.audited()).isEmpty();
    }

    @Test
    void an_active_agent_whose_pane_turns_out_to_be_gone_is_removed() {
        Agent active = bench.agent(0, Role.SLAVE, null, true);
        look = () -> bench.pane(0, false);
        removal.forget(active.id(), "x", UID);
        assertThat(looks).containsExactly(AgentBench.BENCH);
        assertThat(bench.all()).isEmpty();
    }

    @Test
    void an_agent_of_a_bench_that_is_gone_is_removed() {
        Agent active = bench.agent(0, Role.SLAVE, null, true);
        bench.bench(false);
        removal.forget(active.id(), "x", UID);
        assertThat(bench.all()).isEmpty();
    }

    @Test
    void an_unknown_agent_is_refused() {
        assertThat(refusal(() -> removal.forget(new AgentId("agt_ffffffffffff"), "x", UID)))
                .isEqualTo(ErrorCode.AGENT_NOT_FOUND);
    }

    @Test
    void rules_leave_the_living_pane_of_a_forgotten_agent_alone_and_people_do_not() {
        Agent ended = bench.agent(0, Role.SLAVE, null, false);
        removal.forget(ended.id(), "x", UID);
        assertThat(bench.store.adoptablePanes()).extracting(AdoptablePane::pane).containsExactly(key(1), key(2));
        assertThat(bench.register(0, null, RegisterAgent.ParentChoice.KEEP).kind())
                .isEqualTo(Registration.Kind.CREATED);
    }

    @Test
    void what_ended_long_ago_is_pruned() {
        String before = removal.before(Duration.ofHours(1));
        bench.agent(0, Role.SLAVE, null, true);
        bench.put(ended(1, "2026-05-01T00:00:00.000000+00:00", null));
        bench.put(ended(2, "2026-05-01T00:00:00.000000+00:00", before));
        assertThat(removal.endedBefore(before))
                .extracting(listing -> listing.agent().id().value())
                .containsExactly("agt_000000000001");
        assertThat(bench.all()).hasSize(3);
        assertThat(removal.prune(before, "x", UID))
                .extracting(removed -> removed.agent().agent().id().value())
                .containsExactly("agt_000000000001");
        assertThat(bench.all()).hasSize(2);
        assertThat(bench.audited()).hasSize(1);
    }

    @Test
    void a_trail_that_cannot_be_written_is_reported_and_the_agent_is_gone() {
        Agent ended = bench.agent(0, Role.SLAVE, null, false);
        bench.trailIsBroken = true;
        removal.forget(ended.id(), "x", UID);
        assertThat(bench.all()).isEmpty();
        assertThat(bench.reports)
                .containsExactly("audit_append_failed {method=forget_agent, agent_id=agt_000000000000,"
                        + " error=AuditUnavailableException, error_message=disk full}");
    }

    private Agent ended(int index, String registered, String seen) {
        return new Agent(
                new AgentId("agt_00000000000" + index),
                key(index),
                Role.SLAVE,
                Capability.CODEX,
                "",
                "",
                null,
                "{}",
                registered,
                registered,
                seen,
                false);
    }
}

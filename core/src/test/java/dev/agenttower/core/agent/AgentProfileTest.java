package dev.agenttower.core.agent;

import static dev.agenttower.core.agent.AgentBench.UID;
import static dev.agenttower.core.agent.AgentBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.AgentProfile.Change;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.failure.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AgentProfileTest {
    private static final AgentId NOBODY = new AgentId("agt_ffffffffffff");

    private final AgentBench bench = new AgentBench();
    private final AgentProfile profile = bench.profile;
    private final Agent slave = bench.agent(0, Role.SLAVE, null, true);
    private final Agent gone = bench.agent(1, Role.SLAVE, null, false);

    @Nested
    class A_role {
        @Test
        void changes_with_what_it_permits_and_is_audited() {
            Change change = profile.changeRole(slave.id(), Role.MASTER, true, true, UID);

            assertThat(change).isEqualTo(new Change("slave", "master", Role.MASTER.permissionsJson(), true));
            assertThat(bench.stored(slave.id())).isEqualTo(slave.withRole(Role.MASTER));
            assertThat(bench.audited()).hasSize(1);
            assertThat(bench.audited().get(0).fields()).containsEntry("type", "agent_role_change");
            assertThat(bench.audited().get(0).fields().get("payload"))
                    .isEqualTo(Map.of(
                            "agent_id",
                            slave.id().value(),
                            "prior_role",
                            "slave",
                            "new_role",
                            "master",
                            "confirm_provided",
                            true,
                            "socket_peer_uid",
                            UID));
        }

        @Test
        void that_is_the_same_is_not_written_and_keeps_the_stored_permissions() {
            long before = bench.tables.writes();
            Change change = profile.changeRole(slave.id(), Role.SLAVE, false, true, UID);
            assertThat(change).isEqualTo(new Change("slave", "slave", "{}", false));
            assertThat(bench.stored(slave.id())).isEqualTo(slave);
            assertThat(bench.audited()).isEmpty();
            assertThat(bench.tables.writes()).isEqualTo(before + 1);
        }

        @Test
        void needs_no_confirmation_to_stop_being_master() {
            Agent master = bench.agent(2, Role.MASTER, null, true);
            assertThat(profile.changeRole(master.id(), Role.SHELL, false, true, UID)
                            .current())
                    .isEqualTo("shell");
        }

        @Test
        void leaves_the_parent_as_it_is() {
            Agent member = bench.agent(2, Role.SWARM, slave.id(), true);
            profile.changeRole(member.id(), Role.SHELL, false, true, UID);
            assertThat(bench.stored(member.id()).parent()).isEqualTo(slave.id());
        }

        @Test
        void swarm_is_refused_before_anything_else() {
            assertThat(refusal(() -> profile.changeRole(NOBODY, Role.SWARM, false, true, UID)))
                    .isEqualTo(ErrorCode.SWARM_ROLE_VIA_SET_ROLE_REJECTED);
        }

        @Test
        void master_is_refused_unconfirmed_before_the_agent_is_looked_for() {
            assertThat(refusal(() -> profile.changeRole(NOBODY, Role.MASTER, false, true, UID)))
                    .isEqualTo(ErrorCode.MASTER_CONFIRM_REQUIRED);
        }

        @Test
        void master_is_given_by_a_person_only() {
            assertThat(refusal(() -> profile.changeRole(slave.id(), Role.MASTER, true, false, UID)))
                    .isEqualTo(ErrorCode.MASTER_CONFIRM_REQUIRED);
            AgentUpdate master = new AgentUpdate(Role.MASTER, null, null, null);
            assertThat(refusal(() -> profile.change(slave.id(), master, false, UID)))
                    .isEqualTo(ErrorCode.MASTER_CONFIRM_REQUIRED);
            assertThat(profile.changeRole(slave.id(), Role.SHELL, false, false, UID)
                            .current())
                    .isEqualTo("shell");
        }

        @Test
        void is_refused_to_unknown_and_inactive_agents() {
            assertThat(refusal(() -> profile.changeRole(NOBODY, Role.MASTER, true, true, UID)))
                    .isEqualTo(ErrorCode.AGENT_NOT_FOUND);
            assertThat(refusal(() -> profile.changeRole(gone.id(), Role.SLAVE, true, true, UID)))
                    .isEqualTo(ErrorCode.AGENT_INACTIVE);
        }

        @Test
        void master_needs_a_running_bench_but_others_do_not() {
            bench.bench(false);
            assertThat(refusal(() -> profile.changeRole(slave.id(), Role.MASTER, true, true, UID)))
                    .isEqualTo(ErrorCode.AGENT_INACTIVE);
            assertThat(profile.changeRole(slave.id(), Role.SHELL, false, true, UID)
                            .current())
                    .isEqualTo("shell");
        }

        @Test
        void changes_although_the_trail_cannot_be_written() {
            bench.trailIsBroken = true;
            assertThat(profile.changeRole(slave.id(), Role.SHELL, false, true, UID)
                            .audited())
                    .isTrue();
            assertThat(bench.stored(slave.id()).role()).isEqualTo(Role.SHELL);
            assertThat(bench.reports)
                    .containsExactly("audit_append_failed {method=set_role, agent_id=" + slave.id()
                            + ", prior_role=slave, new_role=shell, error=AuditUnavailableException,"
                            + " error_message=disk full}");
        }
    }

    @Nested
    class Label_and_capability {
        @Test
        void a_label_that_another_active_agent_has_is_refused() {
            bench.agent(1, Role.SLAVE, null, true);
            assertThat(refusal(() -> profile.changeLabel(slave.id(), "label-1")))
                    .isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
            assertThat(refusal(
                            () -> profile.change(slave.id(), new AgentUpdate(null, null, "label-1", null), true, UID)))
                    .isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
            assertThat(bench.stored(slave.id())).isEqualTo(slave);
        }

        @Test
        void change_without_audit_and_without_touching_time_stamps() {
            assertThat(profile.changeLabel(slave.id(), "new\nlabel"))
                    .isEqualTo(new Change("label-0", "new label", "{}", false));
            assertThat(profile.changeCapability(slave.id(), Capability.CLAUDE))
                    .isEqualTo(new Change("codex", "claude", "{}", false));
            assertThat(bench.stored(slave.id()))
                    .isEqualTo(slave.described(Capability.CLAUDE, "new label", slave.projectPath()));
            assertThat(bench.audited()).isEmpty();
        }

        @Test
        void are_refused_to_unknown_and_inactive_agents() {
            assertThat(refusal(() -> profile.changeLabel(NOBODY, "x"))).isEqualTo(ErrorCode.AGENT_NOT_FOUND);
            assertThat(refusal(() -> profile.changeLabel(gone.id(), "x"))).isEqualTo(ErrorCode.AGENT_INACTIVE);
            assertThat(refusal(() -> profile.changeCapability(NOBODY, Capability.CLAUDE)))
                    .isEqualTo(ErrorCode.AGENT_NOT_FOUND);
        }
    }

    @Nested
    class Several_fields {
        @Test
        void change_in_one_transaction() {
            long before = bench.tables.writes();
            Agent changed = profile.change(
                    slave.id(), new AgentUpdate(Role.MASTER, Capability.CLAUDE, "boss", "/other"), true, UID);
            assertThat(changed)
                    .isEqualTo(
                            slave.described(Capability.CLAUDE, "boss", "/other").withRole(Role.MASTER));
            assertThat(bench.tables.writes()).isEqualTo(before + 1);
            assertThat(bench.audited()).hasSize(1);
        }

        @Test
        void change_all_or_none() {
            assertThat(refusal(() -> profile.change(
                            slave.id(), new AgentUpdate(Role.SHELL, null, "new", "relative"), true, UID)))
                    .isEqualTo(ErrorCode.PROJECT_PATH_INVALID);
            assertThat(refusal(() ->
                            profile.change(slave.id(), new AgentUpdate(Role.SWARM, null, "new", null), true, UID)))
                    .isEqualTo(ErrorCode.SWARM_ROLE_VIA_SET_ROLE_REJECTED);
            bench.bench(false);
            assertThat(refusal(() ->
                            profile.change(slave.id(), new AgentUpdate(Role.MASTER, null, "new", null), true, UID)))
                    .isEqualTo(ErrorCode.AGENT_INACTIVE);
            assertThat(bench.stored(slave.id())).isEqualTo(slave);
            assertThat(bench.audited()).isEmpty();
        }

        @Test
        void may_be_cleared() {
            Agent changed = profile.change(slave.id(), new AgentUpdate(null, null, "", ""), true, UID);
            assertThat(changed.label()).isEmpty();
            assertThat(changed.projectPath()).isEmpty();
        }

        @Test
        void may_be_none_which_shows_the_agent_as_it_is() {
            assertThat(profile.change(gone.id(), new AgentUpdate(null, null, null, null), true, UID))
                    .isEqualTo(gone);
            assertThat(refusal(() -> profile.change(NOBODY, new AgentUpdate(null, null, null, null), true, UID)))
                    .isEqualTo(ErrorCode.AGENT_NOT_FOUND);
        }

        @Test
        void are_refused_to_unknown_and_inactive_agents() {
            assertThat(refusal(() -> profile.change(NOBODY, new AgentUpdate(null, null, "x", null), true, UID)))
                    .isEqualTo(ErrorCode.AGENT_NOT_FOUND);
            assertThat(refusal(() -> profile.change(gone.id(), new AgentUpdate(null, null, null, "/x"), true, UID)))
                    .isEqualTo(ErrorCode.AGENT_INACTIVE);
        }
    }

    @Test
    void changes_at_once_are_all_kept_and_audited_in_their_order() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Role role : List.of(Role.SLAVE, Role.TEST_RUNNER, Role.SHELL, Role.UNKNOWN)) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        profile.changeRole(slave.id(), role, false, true, UID);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        String expected = "slave";
        for (AuditRecord record : bench.audited()) {
            Map<?, ?> payload = (Map<?, ?>) record.fields().get("payload");
            assertThat(payload.get("prior_role")).isEqualTo(expected);
            expected = (String) payload.get("new_role");
        }
        assertThat(bench.stored(slave.id()).role().wire()).isEqualTo(expected);
    }
}

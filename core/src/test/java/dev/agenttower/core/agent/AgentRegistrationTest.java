package dev.agenttower.core.agent;

import static dev.agenttower.core.agent.AgentBench.UID;
import static dev.agenttower.core.agent.AgentBench.key;
import static dev.agenttower.core.agent.AgentBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.agenttower.core.agent.RegisterAgent.ParentChoice;
import dev.agenttower.core.agent.Registration.Kind;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.pane.PaneKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgentRegistrationTest {
    private static final AgentId NOBODY = new AgentId("agt_ffffffffffff");

    private final AgentBench bench = new AgentBench();

    @Nested
    class A_new_agent {
        @Test
        void is_stored_with_defaults() {
            Registration made = bench.register(0, null, ParentChoice.KEEP);

            assertThat(made.kind()).isEqualTo(Kind.CREATED);
            Agent agent = made.agent().agent();
            assertThat(AgentId.isWellFormed(agent.id().value())).isTrue();
            assertThat(agent)
                    .isEqualTo(new Agent(
                            agent.id(),
                            key(0),
                            Role.UNKNOWN,
                            Capability.UNKNOWN,
                            "",
                            "",
                            null,
                            Role.UNKNOWN.permissionsJson(),
                            "2026-05-05T18:01:34.692118+00:00",
                            "2026-05-05T18:01:34.692118+00:00",
                            null,
                            true));
            assertThat(bench.all()).containsExactly(agent);
        }

        @Test
        void is_shown_with_its_bench_and_pane() {
            AgentListing shown = bench.register(0, null, ParentChoice.KEEP).agent();
            assertThat(shown.containerName()).isEqualTo("bench-acme");
            assertThat(shown.containerUser()).isEqualTo("brett:1000");
            assertThat(shown.panePid()).isEqualTo(4000);
            assertThat(shown.cwd()).isEqualTo("/srv/app");
        }

        @Test
        void gets_the_values_that_were_given_in_their_stored_form() {
            RegisterAgent wish = new RegisterAgent(
                    key(0), Role.SLAVE, Capability.CODEX, "co\tdex", "/srv/\u0001app", ParentChoice.NONE);
            Agent agent = bench.registration.register(wish, UID).agent().agent();
            assertThat(agent.label()).isEqualTo("co dex");
            assertThat(agent.projectPath()).isEqualTo("/srv/app");
            assertThat(agent.permissionsJson()).isEqualTo(Role.SLAVE.permissionsJson());
        }

        @Test
        void is_audited_with_its_role() {
            Agent agent =
                    bench.register(0, Role.SHELL, ParentChoice.NONE).agent().agent();
            assertThat(bench.audited()).containsExactly(roleChange(agent.id(), null, "shell"));
        }

        @Test
        void may_belong_to_a_slave_as_swarm() {
            AgentId slave = bench.agent(1, Role.SLAVE, null, true).id();
            Agent member = bench.register(0, Role.SWARM, ParentChoice.of(slave))
                    .agent()
                    .agent();
            assertThat(member.parent()).isEqualTo(slave);
        }
    }

    @Nested
    class An_agent_registered_again {
        @Test
        void keeps_what_was_not_given() {
            Agent first = bench.agent(0, Role.SLAVE, null, true);
            bench.clock.advance(Duration.ofSeconds(1));

            Registration again = bench.register(0, null, ParentChoice.KEEP);

            assertThat(again.kind()).isEqualTo(Kind.UPDATED);
            assertThat(again.agent().agent())
                    .isEqualTo(new Agent(
                            first.id(),
                            first.pane(),
                            Role.SLAVE,
                            first.capability(),
                            first.label(),
                            first.projectPath(),
                            null,
                            Role.SLAVE.permissionsJson(),
                            "t1",
                            "2026-05-05T18:01:35.692118+00:00",
                            "t3",
                            true));
            assertThat(bench.audited()).isEmpty();
        }

        @Test
        void takes_what_was_given() {
            bench.agent(0, Role.SLAVE, null, true);
            RegisterAgent wish = new RegisterAgent(key(0), Role.SHELL, Capability.SHELL, "", "", ParentChoice.NONE);
            Agent agent = bench.registration.register(wish, UID).agent().agent();
            assertThat(agent.role()).isEqualTo(Role.SHELL);
            assertThat(agent.capability()).isEqualTo(Capability.SHELL);
            assertThat(agent.label()).isEmpty();
            assertThat(agent.projectPath()).isEmpty();
            assertThat(bench.audited()).containsExactly(roleChange(agent.id(), "slave", "shell"));
        }

        @Test
        void becomes_active_again() {
            bench.agent(0, Role.SLAVE, null, false);
            Registration again = bench.register(0, null, ParentChoice.KEEP);
            assertThat(again.kind()).isEqualTo(Kind.REACTIVATED);
            assertThat(again.agent().agent().active()).isTrue();
        }

        @Test
        void stays_a_master_when_no_role_is_given() {
            bench.agent(0, Role.MASTER, null, true);
            assertThat(bench.register(0, null, ParentChoice.KEEP)
                            .agent()
                            .agent()
                            .role())
                    .isEqualTo(Role.MASTER);
        }

        @Test
        void keeps_its_parent_without_asking_how_that_one_is() {
            AgentId slave = bench.agent(1, Role.SLAVE, null, false).id();
            bench.agent(0, Role.SWARM, slave, true);
            assertThat(bench.register(0, Role.SWARM, ParentChoice.of(slave))
                            .agent()
                            .agent()
                            .parent())
                    .isEqualTo(slave);
        }

        @Test
        void cannot_change_its_parent() {
            AgentId slave = bench.agent(1, Role.SLAVE, null, true).id();
            bench.agent(0, Role.SWARM, slave, true);
            assertThat(refusal(() -> bench.register(0, Role.SWARM, ParentChoice.of(NOBODY))))
                    .isEqualTo(ErrorCode.PARENT_IMMUTABLE);
            assertThat(refusal(() -> bench.register(0, null, ParentChoice.NONE)))
                    .isEqualTo(ErrorCode.PARENT_IMMUTABLE);
        }

        @Test
        void cannot_get_a_parent_later() {
            AgentId slave = bench.agent(1, Role.SLAVE, null, true).id();
            bench.agent(0, Role.SLAVE, null, true);
            assertThat(refusal(() -> bench.register(0, Role.SWARM, ParentChoice.of(slave))))
                    .isEqualTo(ErrorCode.PARENT_IMMUTABLE);
        }

        @Test
        void cannot_leave_the_swarm_while_it_keeps_its_parent() {
            AgentId slave = bench.agent(1, Role.SLAVE, null, true).id();
            bench.agent(0, Role.SWARM, slave, true);
            assertThat(refusal(() -> bench.register(0, Role.SHELL, ParentChoice.KEEP)))
                    .isEqualTo(ErrorCode.PARENT_ROLE_MISMATCH);
        }

        @ParameterizedTest
        @EnumSource(
                value = Role.class,
                names = {"SLAVE", "SHELL"})
        void may_keep_a_stored_role_beside_a_parent(Role stored) {
            AgentId slave = bench.agent(1, Role.SLAVE, null, true).id();
            bench.agent(0, stored, slave, true);
            assertThat(bench.register(0, null, ParentChoice.KEEP).kind()).isEqualTo(Kind.UPDATED);
            assertThat(bench.register(0, stored, ParentChoice.KEEP)
                            .agent()
                            .agent()
                            .parent())
                    .isEqualTo(slave);
        }
    }

    @Nested
    class A_refusal {
        private final AgentId inactiveSlave =
                bench.agent(1, Role.SLAVE, null, false).id();
        private final AgentId master = bench.agent(2, Role.MASTER, null, true).id();

        @Test
        void of_a_master_comes_first() {
            bench.bench(false);
            assertThat(refusal(() -> bench.register(0, Role.MASTER, ParentChoice.of(NOBODY))))
                    .isEqualTo(ErrorCode.MASTER_VIA_REGISTER_SELF_REJECTED);
        }

        @Test
        void of_a_swarm_member_without_parent_comes_before_any_look_at_the_store() {
            bench.bench(false);
            assertThat(refusal(() -> bench.register(0, Role.SWARM, ParentChoice.KEEP)))
                    .isEqualTo(ErrorCode.SWARM_PARENT_REQUIRED);
            assertThat(refusal(() -> bench.register(0, Role.SWARM, ParentChoice.NONE)))
                    .isEqualTo(ErrorCode.SWARM_PARENT_REQUIRED);
        }

        @Test
        void of_a_parent_for_another_role_comes_before_any_look_at_the_store() {
            bench.bench(false);
            assertThat(refusal(() -> bench.register(0, Role.SLAVE, ParentChoice.of(NOBODY))))
                    .isEqualTo(ErrorCode.PARENT_ROLE_MISMATCH);
        }

        @Test
        void of_a_pane_comes_before_those_of_a_parent() {
            bench.pane(0, false);
            assertThat(refusal(() -> bench.register(0, Role.SWARM, ParentChoice.of(NOBODY))))
                    .isEqualTo(ErrorCode.PANE_UNKNOWN_TO_DAEMON);
        }

        @Test
        void meets_panes_of_inactive_benches_and_unknown_panes() {
            assertThat(refusal(() -> bench.register(7, null, ParentChoice.KEEP)))
                    .isEqualTo(ErrorCode.PANE_UNKNOWN_TO_DAEMON);
            bench.bench(false);
            assertThat(refusal(() -> bench.register(0, null, ParentChoice.KEEP)))
                    .isEqualTo(ErrorCode.PANE_UNKNOWN_TO_DAEMON);
        }

        @Test
        void of_a_parent_without_a_role_comes_before_the_look_at_the_parent() {
            assertThat(refusal(() -> bench.register(0, null, ParentChoice.of(NOBODY))))
                    .isEqualTo(ErrorCode.PARENT_ROLE_MISMATCH);
        }

        @Test
        void tells_unknown_inactive_and_unfit_parents_apart() {
            assertThat(refusal(() -> bench.register(0, Role.SWARM, ParentChoice.of(NOBODY))))
                    .isEqualTo(ErrorCode.PARENT_NOT_FOUND);
            assertThat(refusal(() -> bench.register(0, Role.SWARM, ParentChoice.of(inactiveSlave))))
                    .isEqualTo(ErrorCode.PARENT_INACTIVE);
            assertThat(refusal(() -> bench.register(0, Role.SWARM, ParentChoice.of(master))))
                    .isEqualTo(ErrorCode.PARENT_ROLE_INVALID);
        }

        @Test
        void leaves_no_row_and_no_record() {
            assertThat(refusal(() -> bench.register(0, Role.SWARM, ParentChoice.of(NOBODY))))
                    .isEqualTo(ErrorCode.PARENT_NOT_FOUND);
            assertThat(bench.all()).hasSize(2);
            assertThat(bench.audited()).isEmpty();
        }

        @Test
        void says_what_to_do_in_one_lower_case_line() {
            assertThatThrownBy(() -> bench.register(0, Role.SWARM, ParentChoice.of(NOBODY)))
                    .hasMessage("parent agt_ffffffffffff is not a known agent; see list-agents");
            assertThatThrownBy(() -> bench.register(0, Role.SWARM, ParentChoice.KEEP))
                    .hasMessage(
                            "role swarm needs a parent; name the slave it belongs to, also when the agent is a swarm"
                                    + " member already");
        }
    }

    @Nested
    class A_label {
        @Test
        void is_refused_where_another_active_agent_has_it() {
            bench.agent(0, Role.SLAVE, null, true);
            assertThatThrownBy(() -> bench.registration.register(labeled(1, "label-0"), UID))
                    .hasMessage(
                            "label \"label-0\" is the label of the active agent agt_000000000000; choose another one,"
                                    + " or change that one first with set-label");
            assertThat(refusal(() -> bench.registration.register(labeled(1, "label-0"), UID)))
                    .isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
            assertThat(bench.all()).hasSize(1);
        }

        @Test
        void of_an_ended_agent_may_be_given_to_another_one_but_then_not_come_back() {
            bench.agent(0, Role.SLAVE, null, false);
            bench.registration.register(labeled(1, "label-0"), UID);
            assertThat(refusal(() -> bench.register(0, null, ParentChoice.KEEP)))
                    .isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
            assertThat(bench.registration.register(labeled(0, "again"), UID).kind())
                    .isEqualTo(Kind.REACTIVATED);
        }

        @Test
        void that_two_agents_had_before_is_kept() {
            bench.agent(0, Role.SLAVE, null, true);
            bench.put(bench.agent(1, Role.SLAVE, null, true).described(Capability.CODEX, "label-0", ""));
            assertThat(bench.register(1, Role.SHELL, ParentChoice.KEEP).kind()).isEqualTo(Kind.UPDATED);
        }

        @Test
        void may_be_empty_for_all() {
            bench.register(0, null, ParentChoice.KEEP);
            assertThat(bench.register(1, null, ParentChoice.KEEP).kind()).isEqualTo(Kind.CREATED);
        }

        private RegisterAgent labeled(int pane, String label) {
            return new RegisterAgent(key(pane), null, null, label, null, ParentChoice.KEEP);
        }
    }

    @Nested
    class Ids {
        @Test
        void are_made_anew_when_taken() {
            AgentBench scripted = new AgentBench(bytes(1, 1, 2));
            AgentId first = id(scripted.register(0, null, ParentChoice.KEEP));
            AgentId second = id(scripted.register(1, null, ParentChoice.KEEP));
            assertThat(first.value()).isEqualTo("agt_010101010101");
            assertThat(second.value()).isEqualTo("agt_020202020202");
        }

        @Test
        void are_given_up_after_five_attempts() {
            AgentBench scripted = new AgentBench(bytes(1, 1, 1, 1, 1, 1));
            scripted.register(0, null, ParentChoice.KEEP);
            assertThat(refusal(() -> scripted.register(1, null, ParentChoice.KEEP)))
                    .isEqualTo(ErrorCode.INTERNAL_ERROR);
            assertThat(scripted.all()).hasSize(1);
        }

        private RandomGenerator bytes(int... fills) {
            return new RandomGenerator() {
                private int next;

                @Override
                public long nextLong() {
                    throw new UnsupportedOperationException("only bytes are asked for");
                }

                @Override
                public void nextBytes(byte[] bytes) {
                    Arrays.fill(bytes, (byte) fills[next++]);
                }
            };
        }
    }

    @Nested
    class When_something_is_broken {
        @Test
        void a_trail_that_cannot_be_written_is_reported_and_the_agent_stays() {
            bench.trailIsBroken = true;
            Agent agent =
                    bench.register(0, Role.SLAVE, ParentChoice.KEEP).agent().agent();
            assertThat(bench.stored(agent.id())).isEqualTo(agent);
            assertThat(bench.reports)
                    .containsExactly("audit_append_failed {method=register_agent, agent_id=" + agent.id()
                            + ", prior_role=null, new_role=slave, error=AuditUnavailableException,"
                            + " error_message=disk full}");
        }

        @Test
        void a_store_that_cannot_be_written_leaves_no_record() {
            bench.tables.failWith("disk I/O error");
            assertThatThrownBy(() -> bench.register(0, Role.SLAVE, ParentChoice.KEEP))
                    .isInstanceOf(StorageException.class);
            assertThat(bench.audited()).isEmpty();
        }
    }

    @Nested
    class At_once {
        private static final int WORKERS = 8;

        @Test
        void registrations_of_one_pane_make_one_agent() throws Exception {
            for (int round = 0; round < 25; round++) {
                AgentBench fresh = new AgentBench();
                Map<Kind, Integer> kinds = new HashMap<>();
                for (Registration done : race(worker -> fresh.register(0, Role.SLAVE, ParentChoice.NONE))) {
                    kinds.merge(done.kind(), 1, Integer::sum);
                }
                assertThat(kinds).isEqualTo(Map.of(Kind.CREATED, 1, Kind.UPDATED, WORKERS - 1));
                assertThat(fresh.all()).hasSize(1);
                assertThat(fresh.audited()).hasSize(1);
            }
        }

        @Test
        void registrations_of_different_panes_do_not_mix() throws Exception {
            for (int pane = 3; pane < WORKERS; pane++) {
                bench.pane(pane, true);
            }
            List<PaneKey> adopted = new ArrayList<>();
            for (Registration done : race(worker -> bench.register(worker, Role.SLAVE, ParentChoice.NONE))) {
                assertThat(done.kind()).isEqualTo(Kind.CREATED);
                adopted.add(done.agent().agent().pane());
            }
            assertThat(adopted).doesNotHaveDuplicates().hasSize(WORKERS);
        }

        private List<Registration> race(IntFunction<Registration> work) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
            try {
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Registration>> running = new ArrayList<>();
                for (int worker = 0; worker < WORKERS; worker++) {
                    int number = worker;
                    running.add(threads.submit(() -> {
                        start.await();
                        return work.apply(number);
                    }));
                }
                start.countDown();
                List<Registration> done = new ArrayList<>();
                for (Future<Registration> one : running) {
                    done.add(one.get());
                }
                return done;
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void a_value_that_breaks_its_rule_is_refused_first() {
        assertThat(refusal(() -> bench.registration.register(
                        new RegisterAgent(key(0), Role.MASTER, null, "x".repeat(65), null, ParentChoice.KEEP), UID)))
                .isEqualTo(ErrorCode.FIELD_TOO_LONG);
    }

    @Nested
    class Adoption_by_a_panel {
        @Test
        void takes_names_and_trims_the_label() {
            Agent agent = adopt(new AdoptionRequest(key(0), "shell", "codex", "  one\n", "/w", null, true));
            assertThat(agent.role()).isEqualTo(Role.SHELL);
            assertThat(agent.capability()).isEqualTo(Capability.CODEX);
            assertThat(agent.label()).isEqualTo("one");
            assertThat(agent.projectPath()).isEqualTo("/w");
        }

        @Test
        void reads_the_agent_back_once() {
            long before = bench.tables.reads();
            adopt(new AdoptionRequest(key(0), "shell", null, "", null, null, false));
            // The pane, and the agent.
            assertThat(bench.tables.reads()).isEqualTo(before + 2);
        }

        @Test
        void checks_the_pane_then_the_container_then_the_parent_then_the_values() {
            AgentId nobody = new AgentId("nobody");
            PaneKey unknown = new PaneKey(key(0).container(), "/other", "other", 0, 0, "%0");
            RefusedException refused = refused(new AdoptionRequest(unknown, "king", null, "", null, nobody, true));
            assertThat(refused.code()).isEqualTo(ErrorCode.PANE_NOT_FOUND);
            assertThat(refused.details()).containsEntry("mismatch_field", "tmux_socket");
            bench.bench(false);
            assertThat(refused(new AdoptionRequest(key(0), "king", null, "", null, nobody, true))
                            .code())
                    .isEqualTo(ErrorCode.CONTAINER_INACTIVE);
            assertThat(refused(new AdoptionRequest(key(0), "king", null, "", null, nobody, false))
                            .code())
                    .isEqualTo(ErrorCode.AGENT_NOT_FOUND);
            assertThat(refused(new AdoptionRequest(key(0), "king", null, "", null, null, false))
                            .code())
                    .isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
            assertThat(bench.all()).isEmpty();
        }

        private Agent adopt(AdoptionRequest wish) {
            return bench.registration.adopt(wish, UID, null).agent().agent();
        }

        private RefusedException refused(AdoptionRequest wish) {
            return catchThrowableOfType(RefusedException.class, () -> bench.registration.adopt(wish, UID, null));
        }
    }

    private static AgentId id(Registration registration) {
        return registration.agent().agent().id();
    }

    private static AuditRecord roleChange(AgentId id, @Nullable String prior, String current) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("agent_id", id.value());
        payload.put("prior_role", prior);
        payload.put("new_role", current);
        payload.put("confirm_provided", false);
        payload.put("socket_peer_uid", UID);
        return AuditRecord.of("agent_role_change", payload);
    }
}

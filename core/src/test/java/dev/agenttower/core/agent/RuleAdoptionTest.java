package dev.agenttower.core.agent;

import static dev.agenttower.core.agent.AgentBench.UID;
import static dev.agenttower.core.agent.AgentBench.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.agenttower.core.agent.AgentRegistration.Companion;
import dev.agenttower.core.agent.AgentStore.Writes;
import dev.agenttower.core.agent.RegisterAgent.ParentChoice;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.settings.InvalidSettingsException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class RuleAdoptionTest {
    private final AgentBench bench = new AgentBench();
    private final LogOfTest log = new LogOfTest();
    private Supplier<List<AdoptionRule>> rules = List::of;
    private final RuleAdoption adoption = bench.adoption(() -> rules.get(), () -> log);

    @Test
    void panes_that_fit_become_agents() {
        rules(rule("none", "other", Role.SHELL, "", false), rule("all", "ma*", Role.SLAVE, "{session}", false));
        bench.pane(2, false);
        assertThat(adoption.apply()).isTrue();
        assertThat(bench.all())
                .extracting(Agent::pane, Agent::role, Agent::capability, Agent::label)
                .containsExactly(
                        tuple(key(0), Role.SLAVE, Capability.CLAUDE, "main"),
                        tuple(key(1), Role.SLAVE, Capability.CLAUDE, "main-2"));
        Agent first = bench.all().get(0);
        assertThat(bench.audited())
                .contains(AuditRecord.of(
                        "agent_adopted_by_rule",
                        Map.of(
                                "agent_id", first.id().value(),
                                "container_id", AgentBench.BENCH.value(),
                                "tmux_pane_id", "%0",
                                "rule", "all",
                                "created_or_reactivated", "created")));
        assertThat(log.written).isZero();
    }

    @Test
    void the_first_rule_that_fits_counts() {
        rules(rule("one", "*", Role.SHELL, "", false), rule("two", "*", Role.SLAVE, "", false));
        adoption.apply();
        assertThat(bench.all()).extracting(Agent::role).containsOnly(Role.SHELL);
    }

    @Test
    void an_agent_that_was_adopted_is_left_as_it_is() {
        Agent byHand = bench.agent(0, Role.MASTER, null, true);
        rules(rule("all", "*", Role.SLAVE, "x", true));
        adoption.apply();
        assertThat(bench.stored(byHand.id())).isEqualTo(byHand);
    }

    @Test
    void an_agent_whose_pane_came_back_comes_back_as_it_was() {
        Agent ended = bench.agent(0, Role.TEST_RUNNER, null, false);
        rules(rule("all", "*", Role.SLAVE, "{pane}", false));
        adoption.apply();
        Agent back = bench.stored(ended.id());
        assertThat(back.active()).isTrue();
        assertThat(back.role()).isEqualTo(Role.TEST_RUNNER);
        assertThat(back.label()).isEqualTo("label-0");
    }

    @Test
    void the_pane_of_a_forgotten_agent_is_left_alone() {
        Agent ended = bench.agent(0, Role.SLAVE, null, false);
        bench.removal(any -> {}, (target, by) -> 0).forget(ended.id(), "host-operator", UID);
        rules(rule("all", "*", Role.SLAVE, "", false));
        adoption.apply();
        assertThat(bench.all()).extracting(Agent::pane).containsExactlyInAnyOrder(key(1), key(2));
    }

    @Test
    void logs_are_attached_where_the_rule_says_so() {
        rules(rule("all", "*", Role.SLAVE, "", true));
        adoption.apply();
        assertThat(log.written).isEqualTo(3);
    }

    @Test
    void what_cannot_be_adopted_is_reported_once_and_tried_again() {
        rules(rule("all", "*", Role.SLAVE, "", true));
        log.refuses = true;
        bench.pane(1, false);
        bench.pane(2, false);
        adoption.apply();
        adoption.apply();
        assertThat(bench.all()).isEmpty();
        assertThat(bench.reports)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("adoption_failed {rule=all, ")
                .contains("pane_id=%0, error=log_path_invalid, error_message=no place");
        log.refuses = false;
        adoption.apply();
        assertThat(bench.all()).hasSize(1);
    }

    @Test
    void a_label_that_names_somebody_else_gets_a_number() {
        rules(rule("first", "*", Role.SLAVE, "host-operator", false));
        adoption.apply();
        assertThat(bench.all())
                .extracting(Agent::label)
                .contains("host-operator-2")
                .doesNotContain("host-operator");
    }

    @Test
    void broken_rules_are_reported_once_and_adopt_nothing() {
        rules = () -> {
            throw new InvalidSettingsException("[[adoption.rules]] number 1 needs a container or a session");
        };
        assertThat(adoption.apply()).isTrue();
        assertThat(adoption.apply()).isTrue();
        assertThat(bench.reports)
                .containsExactly("adoption_rules_invalid {reason=[[adoption.rules]] number 1 needs a container or a"
                        + " session}");
    }

    @Test
    void without_rules_the_store_is_not_read() {
        long reads = bench.tables.reads();
        adoption.apply();
        assertThat(bench.tables.reads()).isEqualTo(reads);
    }

    @Test
    void a_store_that_fails_is_tried_again() {
        rules(rule("all", "*", Role.SLAVE, "", false));
        bench.tables.failWith("disk I/O error");
        assertThat(adoption.apply()).isFalse();
        bench.tables.failWith(null);
        assertThat(adoption.apply()).isTrue();
        assertThat(bench.all()).hasSize(3);
    }

    @Test
    void a_rule_loses_against_a_person_who_adopts_at_the_same_time() {
        bench.register(0, Role.SHELL, ParentChoice.KEEP);
        assertThat(AgentBench.refusal(() ->
                        bench.registration.adoptByRule(AgentBench.wish(0, Role.SLAVE, ParentChoice.KEEP), UID, null)))
                .isEqualTo(ErrorCode.PANE_ALREADY_REGISTERED);
    }

    private void rules(AdoptionRule... all) {
        rules = () -> List.of(all);
    }

    private static AdoptionRule rule(String name, String session, Role role, String label, boolean attachLog) {
        return new AdoptionRule(
                name, null, new NamePattern(session), role, Capability.CLAUDE, new LabelPattern(label), attachLog);
    }

    /** The log of a registration, which may be refused. */
    private final class LogOfTest implements Companion {
        private int written;
        private boolean refuses;

        @Override
        public <T> T accompany(Agent planned, Supplier<T> registered) {
            if (refuses) {
                throw new RefusedException(ErrorCode.LOG_PATH_INVALID, "no place");
            }
            return registered.get();
        }

        @Override
        public <T> T write(Function<Writes, T> registered) {
            written++;
            return bench.store.write(registered);
        }

        @Override
        public void committed() {}
    }
}

package dev.agenttower.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.health.Hint.Code;
import dev.agenttower.core.health.Readiness.State;
import dev.agenttower.core.time.HandClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {
    private final Map<Subsystem, SubsystemState> states = new EnumMap<>(Subsystem.class);
    private final Figures figures = new Figures();
    private boolean storeIsBroken;
    private final Health health = new Health(this::read, probes(), new HandClock());

    @Nested
    class Readiness_is {
        @Test
        void ready_when_all_subsystems_are_well() {
            assertThat(health.readiness().state()).isEqualTo(State.READY);
        }

        @Test
        void degraded_when_one_is_not() {
            state(SubsystemState.unavailable(Subsystem.JSONL, "gone"));
            assertThat(health.readiness().state()).isEqualTo(State.DEGRADED);
        }

        @Test
        void unavailable_when_nothing_works() {
            for (Subsystem subsystem : Subsystem.values()) {
                state(SubsystemState.unavailable(subsystem, "gone"));
            }
            assertThat(health.readiness().state()).isEqualTo(State.UNAVAILABLE);
        }

        @Test
        void told_with_all_subsystems_in_order() {
            assertThat(health.readiness().subsystems())
                    .extracting(SubsystemState::subsystem)
                    .containsExactly(Subsystem.values());
        }
    }

    @Nested
    class Hints {
        @Test
        void ask_for_a_bench_where_none_is() {
            assertThat(readinessHints()).containsExactly(Code.START_BENCH_CONTAINER);
            assertThat(dashboardHints()).containsExactly(Code.START_BENCH_CONTAINER);
        }

        @Test
        void ask_for_a_bench_that_runs_in_readiness_only() {
            figures.inactiveContainers = 1;
            assertThat(readinessHints()).containsExactly(Code.START_BENCH_CONTAINER);
            assertThat(dashboardHints()).isEmpty();
        }

        @Test
        void tell_of_the_engine_instead_when_it_is_not_well() {
            state(SubsystemState.unavailable(Subsystem.DOCKER, "gone"));
            assertThat(readinessHints()).containsExactly(Code.DOCKER_UNAVAILABLE_HINT);
            state(SubsystemState.degraded(Subsystem.DOCKER, "slow"));
            assertThat(dashboardHints()).containsExactly(Code.DOCKER_UNAVAILABLE_HINT);
        }

        @Test
        void ask_for_the_first_agent() {
            figures.activeContainers = 1;
            assertThat(readinessHints()).isEmpty();
            figures.panes = 2;
            assertThat(readinessHints()).containsExactly(Code.REGISTER_FIRST_AGENT);
        }

        @Test
        void ask_for_logs_and_routes_once_there_are_agents() {
            figures.activeContainers = 1;
            figures.panes = 2;
            figures.agents = 1;
            assertThat(readinessHints()).containsExactly(Code.ATTACH_LOGS, Code.ENABLE_FIRST_ROUTE);
            figures.activeAttachments = 1;
            assertThat(readinessHints()).containsExactly(Code.ENABLE_FIRST_ROUTE);
            figures.enabledRoutes = 1;
            assertThat(dashboardHints()).isEmpty();
        }
    }

    @Nested
    class The_recommendation {
        @Test
        void of_an_empty_tower_is_a_bench() {
            recommends(Recommendation.Code.NO_CONTAINERS, null);
        }

        @Test
        void of_trouble_comes_first_and_names_the_first_subsystem_in_order() {
            state(SubsystemState.degraded(Subsystem.JSONL, "3 rows wait"));
            state(SubsystemState.degraded(Subsystem.ROUTING_WORKER, "late"));
            recommends(Recommendation.Code.SUBSYSTEM_DEGRADED, new Target("subsystem", "jsonl"));
            assertThat(recommendation().detail()).contains("3 rows wait");
        }

        @Test
        void keeps_its_limits_whatever_a_probe_says() {
            state(SubsystemState.degraded(Subsystem.JSONL, "x\n".repeat(5000)));
            assertThat(recommendation().detail()).hasSize(512).doesNotContain("\n");
        }

        @Test
        void of_benches_without_panes_points_at_the_first_running_bench() {
            figures.inactiveContainers = 1;
            recommends(Recommendation.Code.NO_PANES_DISCOVERED, null);
            figures.firstContainer = "c1";
            recommends(Recommendation.Code.NO_PANES_DISCOVERED, new Target("container", "c1"));
        }

        @Test
        void of_panes_to_adopt_counts_them() {
            figures.activeContainers = 1;
            figures.panes = 3;
            figures.registered = 1;
            figures.firstPane = "%4";
            recommends(Recommendation.Code.UNADOPTED_PANES_PRESENT, new Target("pane", "%4"));
            assertThat(recommendation().title()).startsWith("2 panes");
            figures.registered = 3;
            recommends(Recommendation.Code.UNADOPTED_PANES_PRESENT, new Target("pane", "%4"));
            assertThat(recommendation().title()).startsWith("1 pane ");
            figures.registered = 2;
            figures.firstPane = null;
            recommends(Recommendation.Code.UNADOPTED_PANES_PRESENT, null);
        }

        @Test
        void of_blocked_messages_points_at_the_oldest() {
            adopted();
            figures.blocked = 2;
            figures.oldestBlocked = "m1";
            recommends(Recommendation.Code.BLOCKED_QUEUE_DRAIN, new Target("message", "m1"));
            assertThat(recommendation().title()).startsWith("2 messages");
        }

        @Test
        void of_a_first_route_comes_when_there_is_none_at_all() {
            adopted();
            recommends(Recommendation.Code.NO_ROUTES_CONFIGURED, null);
            figures.disabledRoutes = 1;
            recommends(Recommendation.Code.ALL_CLEAR, null);
        }

        @Test
        void of_nothing_has_no_detail() {
            adopted();
            figures.enabledRoutes = 1;
            recommends(Recommendation.Code.ALL_CLEAR, null);
            assertThat(recommendation().detail()).isNull();
        }

        private void adopted() {
            figures.activeContainers = 1;
            figures.panes = 1;
            figures.registered = 1;
            figures.agents = 1;
        }

        private void recommends(Recommendation.Code code, Target target) {
            assertThat(recommendation().code()).isEqualTo(code);
            assertThat(recommendation().target()).isEqualTo(target);
        }

        private Recommendation recommendation() {
            return health.dashboard(10).recommendation();
        }
    }

    @Nested
    class A_store_that_cannot_be_read {
        @Test
        void counts_as_empty_and_degraded() {
            figures.panes = 7;
            storeIsBroken = true;
            Dashboard dashboard = health.dashboard(10);
            assertThat(dashboard.figures()).isEqualTo(DashboardFigures.EMPTY);
            assertThat(dashboard.recommendation().target()).isEqualTo(new Target("subsystem", "sqlite"));
            assertThat(health.readiness().state()).isEqualTo(State.DEGRADED);
        }

        @Test
        void does_not_hide_what_its_probe_says() {
            storeIsBroken = true;
            SubsystemState told = state(SubsystemState.unavailable(Subsystem.SQLITE, "no such file"));
            assertThat(health.dashboard(10).subsystems()).contains(told);
        }

        @Test
        void does_not_give_its_failure_away() {
            storeIsBroken = true;
            assertThat(health.dashboard(10).subsystems().toString()).doesNotContain("/secret/path");
        }
    }

    @Test
    void shows_another_view_on_the_dashboard_only() {
        Health viewed = new Health(
                this::read,
                probes(),
                new HandClock(),
                probed -> {
                    List<SubsystemState> forced = new ArrayList<>(probed);
                    forced.set(0, SubsystemState.degraded(Subsystem.DOCKER, "forced"));
                    return forced;
                },
                () -> 7);
        assertThat(viewed.dashboard(1).recentSkips()).isEqualTo(7);
        assertThat(viewed.readiness().state()).isEqualTo(State.READY);
        Dashboard dashboard = viewed.dashboard(1);
        assertThat(dashboard.hints()).extracting(Hint::code).containsExactly(Code.DOCKER_UNAVAILABLE_HINT);
        assertThat(dashboard.recommendation().code()).isEqualTo(Recommendation.Code.SUBSYSTEM_DEGRADED);
    }

    @Test
    void stamps_the_recommendation() {
        assertThat(health.dashboard(1).refreshedAt()).isEqualTo("2026-05-05T18:01:34.692Z");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 51})
    void refuses_too_few_and_too_many_recent_rows(int recent) {
        assertThatIllegalArgumentException().isThrownBy(() -> health.dashboard(recent));
    }

    @Test
    void takes_probes_in_any_order_but_one_for_each_subsystem() {
        List<SubsystemProbe> probes = probes();
        Collections.reverse(probes);
        Health reversed = new Health(this::read, probes, new HandClock());
        assertThat(reversed.readiness().subsystems())
                .isEqualTo(health.readiness().subsystems());

        SubsystemProbe one = probes.remove(0);
        assertThatIllegalArgumentException().isThrownBy(() -> new Health(this::read, probes, new HandClock()));
        probes.addAll(List.of(one, one));
        assertThatIllegalArgumentException().isThrownBy(() -> new Health(this::read, probes, new HandClock()));
    }

    private List<Code> readinessHints() {
        return health.readiness().hints().stream().map(Hint::code).toList();
    }

    private List<Code> dashboardHints() {
        return health.dashboard(10).hints().stream().map(Hint::code).toList();
    }

    private SubsystemState state(SubsystemState state) {
        states.put(state.subsystem(), state);
        return state;
    }

    private List<SubsystemProbe> probes() {
        List<SubsystemProbe> probes = new ArrayList<>();
        Arrays.stream(Subsystem.values())
                .forEach(subsystem -> probes.add(() -> states.getOrDefault(subsystem, SubsystemState.ok(subsystem))));
        return probes;
    }

    private DashboardFigures read(int recent) {
        if (storeIsBroken) {
            throw new StorageException("cannot read /secret/path", new IllegalStateException("x"));
        }
        return figures.build();
    }
}

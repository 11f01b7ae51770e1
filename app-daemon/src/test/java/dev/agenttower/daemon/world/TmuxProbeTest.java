package dev.agenttower.daemon.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.health.SubsystemState.Status;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TmuxProbeTest {
    private static final String NOW = "2026-01-01T00:00:00.000000+00:00";
    private static final BenchPanes GOOD = new BenchPanes.Listed(
            List.of(new BenchPanes.SocketPanes("/tmp/tmux-1000/default", new BenchPanes.Seen(List.of(), 0))));
    private static final BenchPanes NO_SERVER = new BenchPanes.Listed(List.of(new BenchPanes.SocketPanes(
            "/tmp/tmux-1000/default", new BenchPanes.Failed(ErrorCode.TMUX_NO_SERVER, "no server"))));
    private static final BenchPanes GONE = new BenchPanes.Unreachable(ErrorCode.DOCKER_EXEC_TIMEOUT, "too slow");

    private final InMemoryTables tables = new InMemoryTables();
    private final Map<String, BenchPanes> answers = new HashMap<>();
    private final WatchedPaneSource source = new WatchedPaneSource(
            target -> answers.getOrDefault(target.container().value(), GOOD));
    private final TmuxProbe probe = new TmuxProbe(source, tables.panes());

    private void bench(String id) {
        tables.containers().write(writes -> {
            writes.upsert(
                    new InspectedContainer(
                            new ContainerId(id), id, "", "running", Map.of(), List.of(), null, null, List.of(), ""),
                    NOW);
            return true;
        });
    }

    private void ask(String id, BenchPanes answer) {
        answers.put(id, answer);
        source.list(new BenchTarget(new ContainerId(id), id, "dev"));
    }

    private Status status() {
        return probe.probe().status();
    }

    @Test
    void is_well_while_one_bench_answers() {
        bench("a");
        bench("b");
        ask("a", NO_SERVER);
        ask("b", GOOD);
        assertThat(status()).isEqualTo(Status.OK);
    }

    @Test
    void is_degraded_while_no_bench_answers_and_says_why() {
        bench("a");
        bench("b");
        ask("a", NO_SERVER);
        ask("b", GONE);
        SubsystemState state = probe.probe();
        assertThat(state.status()).isEqualTo(Status.DEGRADED);
        assertThat(state.reason()).isEqualTo("tmux answers in none of 2 benches; a: no server");
        ask("b", GOOD);
        assertThat(status()).isEqualTo(Status.OK);
    }

    @Test
    void forgets_benches_that_are_gone() {
        bench("a");
        ask("a", GONE);
        tables.containers().write(writes -> {
            writes.deactivate(Set.of(new ContainerId("a")), NOW);
            return true;
        });
        assertThat(status()).isEqualTo(Status.OK);
        assertThat(source.isUntroubled()).isTrue();
    }

    @Test
    void is_well_without_benches_and_in_a_bench_without_servers() {
        assertThat(status()).isEqualTo(Status.OK);
        bench("a");
        ask("a", new BenchPanes.Listed(List.of()));
        assertThat(status()).isEqualTo(Status.OK);
    }
}

package dev.agenttower.core.discovery;

import static dev.agenttower.core.discovery.BenchObjects.A;
import static dev.agenttower.core.discovery.BenchObjects.B;
import static dev.agenttower.core.discovery.BenchObjects.DEFAULT_SOCKET;
import static dev.agenttower.core.discovery.BenchObjects.HOST;
import static dev.agenttower.core.discovery.BenchObjects.bench;
import static dev.agenttower.core.discovery.BenchObjects.container;
import static dev.agenttower.core.discovery.BenchObjects.key;
import static dev.agenttower.core.discovery.BenchObjects.listed;
import static dev.agenttower.core.discovery.BenchObjects.pane;
import static dev.agenttower.core.discovery.BenchObjects.seen;
import static dev.agenttower.core.discovery.BenchObjects.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.InMemoryContainerChanges;
import dev.agenttower.core.container.InMemoryContainerRuntime;
import dev.agenttower.core.container.InMemoryHostBench;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.InMemoryPaneChanges;
import dev.agenttower.core.pane.InMemoryPaneSource;
import dev.agenttower.core.settings.ContainerRule;
import dev.agenttower.core.settings.DiscoverySettings;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.settings.SettingsSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveDiscoveryTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final InMemoryContainerRuntime runtime = new InMemoryContainerRuntime();
    private final InMemoryContainerChanges containerChanges = new InMemoryContainerChanges();
    private final InMemoryPaneSource source = new InMemoryPaneSource();
    private final InMemoryPaneChanges paneChanges = new InMemoryPaneChanges();
    private final InMemoryHostBench host = new InMemoryHostBench(HOST, "me");
    private final InMemoryTables tables = new InMemoryTables();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final EditableSettings settings = new EditableSettings();
    private final TickingClock clock = new TickingClock();
    private final ContainerDiscovery containers = new ContainerDiscovery(
            runtime, Optional.of(host), tables.containers(), AuditLog.noop(), LifecycleLog.noop(), settings, clock);
    private final PaneDiscovery panes = new PaneDiscovery(
            source,
            Optional.of(host),
            tables.panes(),
            AuditLog.noop(),
            LifecycleLog.noop(),
            clock,
            Runnable::run,
            "",
            1000);
    private final LiveDiscovery live = new LiveDiscovery(
            containerChanges, paneChanges, Optional.of(host), containers, panes, tables.panes(), "", scheduler);

    @AfterEach
    void close() {
        live.close();
    }

    private void startWithEngine() {
        live.start();
        containerChanges.connect();
        scheduler.advance(A_SECOND);
    }

    private List<ContainerId> watched() {
        return paneChanges.watched().stream().map(BenchTarget::container).toList();
    }

    private List<ContainerId> asked() {
        return source.asked().stream().map(BenchTarget::container).toList();
    }

    @Test
    void when_the_engine_answers_its_benches_are_scanned_watched_and_asked_once() {
        runtime.start(container("a", "a-bench"));
        runtime.start(container("b", "b-bench"));
        source.answer(A, listed(seen(DEFAULT_SOCKET, "%1")));

        startWithEngine();

        assertThat(bench(tables, A).active()).isTrue();
        assertThat(watched()).containsExactlyInAnyOrder(A, B);
        assertThat(asked()).containsExactlyInAnyOrder(A, B);
        assertThat(tables.paneScans()).hasSize(1);
        assertThat(pane(tables, key(A, DEFAULT_SOCKET, "%1")).active()).isTrue();
    }

    @Test
    void nothing_is_scanned_before_the_engine_has_answered() {
        live.start();
        scheduler.advance(A_SECOND);
        assertThat(runtime.listings()).isZero();
        assertThat(live.engineTrouble()).isNull();
    }

    @Test
    void while_nothing_changes_nothing_is_read_or_written() {
        runtime.start(container("a", "a-bench"));
        host.tmuxRunning(true);
        startWithEngine();
        long reads = tables.reads();
        long writes = tables.writes();
        int listings = runtime.listings();
        int asked = asked().size();
        int looks = host.looks();

        scheduler.advance(AN_HOUR);

        assertThat(tables.reads()).isEqualTo(reads);
        assertThat(tables.writes()).isEqualTo(writes);
        assertThat(runtime.listings()).isEqualTo(listings);
        assertThat(asked()).hasSize(asked);
        assertThat(settings.reads).isLessThan(10);
        assertThat(host.looks() - looks).isEqualTo(1800);
    }

    @Test
    void a_burst_of_container_changes_is_one_scan() {
        startWithEngine();
        runtime.start(container("a", "a-bench"));
        containerChanges.change();
        containerChanges.change();
        containerChanges.change();

        scheduler.advance(A_SECOND);

        assertThat(tables.containerScans()).hasSize(2);
        assertThat(watched()).containsExactly(A);
        assertThat(asked()).containsExactly(A);
    }

    @Test
    void a_container_that_stops_is_no_longer_watched_and_its_panes_become_inactive() {
        runtime.start(container("a", "a-bench"));
        source.answer(A, listed(seen(DEFAULT_SOCKET, "%1")));
        startWithEngine();

        runtime.stop(A);
        containerChanges.change();
        scheduler.advance(A_SECOND);

        assertThat(bench(tables, A).active()).isFalse();
        assertThat(watched()).isEmpty();
        assertThat(pane(tables, key(A, DEFAULT_SOCKET, "%1")).active()).isFalse();
        assertThat(asked()).containsExactly(A);
    }

    @Test
    void a_pane_change_causes_one_scan_of_that_bench_alone() {
        runtime.start(container("a", "a-bench"));
        runtime.start(container("b", "b-bench"));
        startWithEngine();
        int before = asked().size();
        source.answer(B, listed(seen(DEFAULT_SOCKET, "%1")));

        paneChanges.change(B);
        paneChanges.change(B);
        scheduler.advance(A_SECOND);

        assertThat(asked().subList(before, asked().size())).containsExactly(B);
        assertThat(pane(tables, key(B, DEFAULT_SOCKET, "%1")).active()).isTrue();
    }

    @Test
    void changes_in_several_benches_are_one_scan_of_these() {
        runtime.start(container("a", "a-bench"));
        runtime.start(container("b", "b-bench"));
        runtime.start(container("c", "c-bench"));
        startWithEngine();
        int scans = tables.paneScans().size();
        int before = asked().size();

        paneChanges.change(A);
        paneChanges.change(B);
        scheduler.advance(A_SECOND);

        assertThat(tables.paneScans()).hasSize(scans + 1);
        assertThat(asked().subList(before, asked().size())).containsExactly(A, B);
    }

    @Test
    void the_watches_follow_scans_that_others_asked_for() {
        startWithEngine();
        runtime.start(container("a", "a-bench"));

        containers.scan();
        scheduler.advance(A_SECOND);

        assertThat(watched()).containsExactly(A);
        assertThat(asked()).containsExactly(A);
    }

    @Test
    void a_bench_with_another_user_is_watched_anew() {
        runtime.start(container("a", "a-bench"));
        startWithEngine();

        InspectedContainer before = container("a", "a-bench");
        runtime.start(new InspectedContainer(
                A, "a-bench", "", "running", before.labels(), before.mounts(), "other", null, List.of(), ""));
        containerChanges.change();
        scheduler.advance(A_SECOND);

        assertThat(paneChanges.watched()).containsExactly(new BenchTarget(A, "a-bench", "other"));
    }

    @Test
    void a_bench_without_a_user_is_not_watched() {
        tables.put(stored(A, "a-bench", true, null));
        InspectedContainer before = container("a", "a-bench");
        runtime.start(new InspectedContainer(
                A, "a-bench", "", "running", before.labels(), before.mounts(), null, null, List.of(), ""));
        startWithEngine();
        assertThat(watched()).isEmpty();
    }

    @Test
    void tmux_on_the_host_is_followed_without_any_engine() {
        source.answer(HOST, listed(seen(DEFAULT_SOCKET, "%1")));
        live.start();
        scheduler.advance(A_SECOND);
        assertThat(watched()).isEmpty();

        host.tmuxRunning(true);
        scheduler.advance(Duration.ofSeconds(3));

        assertThat(bench(tables, HOST).active()).isTrue();
        assertThat(watched()).containsExactly(HOST);
        assertThat(pane(tables, key(HOST, DEFAULT_SOCKET, "%1")).active()).isTrue();
        assertThat(runtime.listings()).isZero();

        host.tmuxRunning(false);
        scheduler.advance(Duration.ofSeconds(3));

        assertThat(bench(tables, HOST).active()).isFalse();
        assertThat(watched()).isEmpty();
        assertThat(pane(tables, key(HOST, DEFAULT_SOCKET, "%1")).active()).isFalse();
    }

    @Test
    void a_host_that_a_scan_met_while_tmux_restarted_is_brought_back() {
        host.tmuxRunning(true);
        startWithEngine();
        host.tmuxRunning(false);
        containers.scan();
        host.tmuxRunning(true);

        scheduler.advance(Duration.ofSeconds(3));

        assertThat(bench(tables, HOST).active()).isTrue();
        assertThat(watched()).containsExactly(HOST);
    }

    @Test
    void a_lost_engine_is_remembered_and_on_its_return_all_that_hangs_on_it_is_renewed() {
        runtime.start(container("a", "a-bench"));
        host.tmuxRunning(true);
        startWithEngine();
        int before = asked().size();

        containerChanges.lose("connection refused");
        assertThat(live.engineTrouble()).isEqualTo("connection refused");
        scheduler.advance(AN_HOUR);
        assertThat(asked()).hasSize(before);

        containerChanges.connect();
        scheduler.advance(A_SECOND);

        assertThat(live.engineTrouble()).isNull();
        assertThat(tables.containerScans()).hasSize(2);
        assertThat(watched()).containsExactlyInAnyOrder(A, HOST);
        assertThat(asked().subList(before, asked().size())).containsExactly(A);
    }

    @Test
    void a_refused_container_scan_is_tried_again_later() {
        runtime.failListingWith(new ContainerEngineException(ErrorCode.DOCKER_TIMEOUT, "slow"));
        startWithEngine();
        assertThat(runtime.listings()).isEqualTo(1);

        runtime.failListingWith(null);
        runtime.start(container("a", "a-bench"));
        scheduler.advance(Duration.ofSeconds(6));

        assertThat(watched()).containsExactly(A);
    }

    @Test
    void a_container_scan_that_a_lost_engine_refuses_waits_for_the_engine() {
        live.start();
        containerChanges.connect();
        containerChanges.lose("gone again");
        runtime.failListingWith(new ContainerEngineException(ErrorCode.DOCKER_UNAVAILABLE, "gone"));
        scheduler.advance(AN_HOUR);
        assertThat(runtime.listings()).isEqualTo(1);
    }

    @Test
    void invalid_settings_end_nothing() {
        settings.valid = false;
        startWithEngine();
        scheduler.advance(AN_HOUR);
        assertThat(runtime.listings()).isZero();
        assertThat(tables.containerScans()).hasSize(1);

        settings.valid = true;
        host.tmuxRunning(true);
        runtime.start(container("a", "a-bench"));
        containerChanges.change();
        scheduler.advance(Duration.ofSeconds(3));

        assertThat(watched()).containsExactlyInAnyOrder(A, HOST);
    }

    @Test
    void a_refused_pane_scan_is_tried_again_later() {
        runtime.start(container("a", "a-bench"));
        startWithEngine();
        source.fail(A, new ContainerEngineException(ErrorCode.DOCKER_UNAVAILABLE, "gone"));
        paneChanges.change(A);
        scheduler.advance(A_SECOND);

        source.answer(A, listed(seen(DEFAULT_SOCKET, "%1")));
        scheduler.advance(Duration.ofSeconds(6));

        assertThat(pane(tables, key(A, DEFAULT_SOCKET, "%1")).active()).isTrue();
    }

    @Test
    void a_bench_that_was_too_slow_is_asked_again_later() {
        runtime.start(container("a", "a-bench"));
        startWithEngine();
        source.answer(A, new BenchPanes.Unreachable(ErrorCode.DOCKER_EXEC_TIMEOUT, "the bench exceeded its budget"));
        paneChanges.change(A);
        scheduler.advance(A_SECOND);

        source.answer(A, listed(seen(DEFAULT_SOCKET, "%1")));
        scheduler.advance(Duration.ofSeconds(6));

        assertThat(pane(tables, key(A, DEFAULT_SOCKET, "%1")).active()).isTrue();
        int asked = asked().size();
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(asked()).hasSize(asked);
    }

    @Test
    void a_store_that_fails_for_a_while_ends_nothing() {
        runtime.start(container("a", "a-bench"));
        host.tmuxRunning(true);
        tables.failWith("database is locked");
        startWithEngine();
        tables.failWith(null);

        scheduler.advance(Duration.ofSeconds(20));

        assertThat(watched()).containsExactlyInAnyOrder(A, HOST);
        assertThat(asked()).contains(A, HOST);
    }

    @Test
    void closing_ends_all_watches_and_twice_does_nothing() {
        runtime.start(container("a", "a-bench"));
        startWithEngine();
        containerChanges.change();

        live.close();
        live.close();

        assertThat(containerChanges.watchers()).isZero();
        assertThat(watched()).isEmpty();
        assertThat(scheduler.waiting()).isZero();
        containers.scan();
        scheduler.advance(AN_HOUR);
        assertThat(watched()).isEmpty();
    }

    @Test
    void starting_twice_is_refused() {
        live.start();
        assertThatThrownBy(live::start).isInstanceOf(IllegalStateException.class);
    }

    private static final class EditableSettings implements SettingsSource {
        private boolean valid = true;
        private int reads;

        @Override
        public ContainerRule containerRule() {
            check();
            return ContainerRule.DEFAULT;
        }

        @Override
        public EventSettings events() {
            check();
            return EventSettings.DEFAULT;
        }

        @Override
        public DiscoverySettings discovery() {
            check();
            return DiscoverySettings.DEFAULT;
        }

        private void check() {
            reads++;
            if (!valid) {
                throw new InvalidSettingsException("no TOML");
            }
        }
    }
}

package dev.agenttower.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.RegisterAgent;
import dev.agenttower.core.agent.RegisterAgent.ParentChoice;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.audit.InMemoryAuditLog;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.discovery.ManualScheduler;
import dev.agenttower.core.health.Readiness;
import dev.agenttower.core.health.Recommendation;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.scan.ScanKind;
import dev.agenttower.core.scan.ScanRecord;
import dev.agenttower.core.scan.ScanRecord.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TowerTest {
    private static final ContainerId BENCH = new ContainerId("c1");
    private static final PaneKey PANE = new PaneKey(BENCH, "/tmp/tmux.sock", "main", 0, 0, "%0");

    @Test
    void works_without_any_port_being_set() {
        try (Tower tower = Tower.newBuilder().build()) {
            assertThat(tower.containers().scan().degraded()).isFalse();
            assertThat(tower.panes().scan(null).degraded()).isFalse();
            assertThat(tower.health().readiness().state()).isEqualTo(Readiness.State.READY);
            assertThat(tower.sessions().open("panel", new Peer(0, Peer.UNKNOWN)))
                    .isPresent();
            Recommendation next = tower.health().dashboard(10).recommendation();
            assertThat(next.code()).isEqualTo(Recommendation.Code.NO_CONTAINERS);
        }
    }

    @Test
    void shows_what_is_in_its_stores_everywhere() {
        InMemoryTables tables = new InMemoryTables();
        tables.put(new BenchContainer(BENCH, "bench", "i", "running", Map.of(), List.of(), true, "t", "t", null, null));
        tables.put(new Pane(PANE, "bench", "", 0, "", "", "", "", false, true, "t", "t"));
        InMemoryAuditLog trail = new InMemoryAuditLog();
        try (Tower tower = Tower.newBuilder().stores(tables).audit(trail).build()) {
            RegisterAgent wish = new RegisterAgent(PANE, Role.SLAVE, null, "a", null, ParentChoice.NONE);
            tower.registration().register(wish, -1);

            assertThat(tower.agentStore().list(AgentFilter.ALL)).hasSize(1);
            assertThat(tower.directory().page(AgentView.LIST.page(10)).total()).isEqualTo(1);
            assertThat(tower.health().dashboard(1).figures().agents().total()).isEqualTo(1);
            assertThat(trail.records()).hasSize(1);
            assertThat(tower.audit()).isSameAs(trail);
        }
    }

    @ParameterizedTest
    @EnumSource(ScanKind.class)
    void scans_for_control_panels_on_its_own_threads(ScanKind kind) {
        try (Tower tower = Tower.newBuilder().build()) {
            ScanRecord scan = tower.scans().start(kind, Duration.ofSeconds(30));
            assertThat(scan.state()).isEqualTo(State.COMPLETED);
        }
    }

    @Test
    void ends_its_own_threads_when_closed_and_fails_later_scans() {
        Tower tower = Tower.newBuilder().build();
        tower.scans().start(ScanKind.PANES, Duration.ofSeconds(30));
        tower.close();
        tower.close();
        assertThat(tower.ownedThreads()).isNotEmpty().allMatch(ExecutorService::isTerminated);
        assertThat(tower.scans().start(ScanKind.PANES, Duration.ofSeconds(30)).state())
                .isEqualTo(State.FAILED);
    }

    @Test
    void owns_no_thread_when_executors_are_given() {
        try (Tower tower = Tower.newBuilder()
                .paneExecutor(Runnable::run)
                .scanExecutor(Runnable::run)
                .deliveryThreads(new ManualScheduler(), Runnable::run)
                .routingTimer(new ManualScheduler())
                .build()) {
            assertThat(tower.ownedThreads()).isEmpty();
        }
    }

    @Test
    void wants_a_probe_for_each_subsystem_or_none_at_all() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tower.newBuilder().probes(List.of()).build());
    }
}

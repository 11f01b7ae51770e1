package dev.agenttower.daemon;

import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AgentProfile;
import dev.agenttower.core.agent.AgentRegistration;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.bench.ContainerDiscovery;
import dev.agenttower.core.bench.HostBench;
import dev.agenttower.core.bench.LiveDiscovery;
import dev.agenttower.core.bench.PaneDiscovery;
import dev.agenttower.core.health.Health;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.scan.AppScans;
import dev.agenttower.core.session.InMemoryAppSessions;
import dev.agenttower.core.settings.DiscoverySettings;
import dev.agenttower.core.settings.DiscoverySettings.HostBenchMode;
import dev.agenttower.core.settings.SettingsSource;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.jsonl.JsonlAuditLog;
import dev.agenttower.jsonl.RetryingAuditLog;
import dev.agenttower.sqlite.SqliteStores;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Joins core and adapters into a tower. What must be closed belongs to the {@link Lifecycle}. */
final class TowerAssembly {
    private static final int BENCHES_AT_ONCE = 16;
    private static final int BENCHES_WAITING = 1024;

    private final Lifecycle lifecycle;
    private final SettingsSource settings;
    private final OutsideWorld world;
    private final LifecycleLog log;
    private final InstantSource clock;
    private final String userFallback;
    private final SqliteStores stores;
    private final WatchedRuntime runtime;
    private final RetryingAuditLog audit;
    private final ContainerDiscovery containers;
    private final PaneDiscovery panes;

    /**
     * Opens the stores and builds the scans.
     *
     * @param userFallback the user to ask as in a container that names none; empty when there is none
     */
    TowerAssembly(
            Lifecycle lifecycle,
            TowerPaths paths,
            SettingsSource settings,
            OutsideWorld world,
            LifecycleLog log,
            String userFallback,
            long uid) {
        this.lifecycle = lifecycle;
        this.settings = settings;
        this.world = world;
        this.log = log;
        this.clock = world.clock();
        this.userFallback = userFallback;
        this.stores = lifecycle.own(SqliteStores.open(paths.database()));
        this.runtime = new WatchedRuntime(world.runtime());
        this.audit = lifecycle.own(new RetryingAuditLog(
                new JsonlAuditLog(paths.events(), clock), clock, Workers.timer(lifecycle, "audit-retry", 1)));
        this.containers = new ContainerDiscovery(
                runtime, world.hostBench(), stores.containers(), audit, log, settings, clock);
        this.panes = new PaneDiscovery(
                world.paneSource(), stores.panes(), audit, log, clock, paneScanners(), userFallback, uid);
    }

    private Executor paneScanners() {
        return Workers.pool(lifecycle, "pane-scan", BENCHES_AT_ONCE, BENCHES_WAITING);
    }

    /** The stores. */
    SqliteStores stores() {
        return stores;
    }

    /** Builds the tower and, where the settings say so, begins to follow the benches. */
    Tower build() {
        @Nullable LiveDiscovery live = settings.discovery().live() ? follow() : null;
        return new Tower(
                containers,
                panes,
                stores.containers(),
                stores.panes(),
                new AgentRegistration(stores.agents(), audit, log, clock, new SecureRandom()),
                new AgentProfile(stores.agents(), audit, log, clock),
                stores.agents(),
                stores.directory(),
                new Health(stores.dashboard(), probes(live), clock, world::dashboardView),
                new InMemoryAppSessions(clock),
                new AppScans(
                        containers,
                        panes,
                        clock,
                        Workers.pool(lifecycle, "app-scan", AppScans.MAX_RUNNING, AppScans.MAX_RUNNING)),
                audit);
    }

    private LiveDiscovery follow() {
        LiveDiscovery live = lifecycle.own(new LiveDiscovery(
                world.containerChanges(),
                world.paneChanges(),
                hostBench(),
                containers,
                panes,
                stores.panes(),
                userFallback,
                Workers.timer(lifecycle, "live-discovery", 2)));
        live.start();
        return live;
    }

    private Optional<HostBench> hostBench() {
        return settings.discovery().host() == HostBenchMode.OFF ? Optional.empty() : world.hostBench();
    }

    private List<SubsystemProbe> probes(@Nullable LiveDiscovery live) {
        List<SubsystemProbe> probes = new ArrayList<>(WaitingWorkProbes.of(stores.waitingWork()));
        probes.add(new EngineProbe(runtime, () -> live == null ? null : live.engineTrouble(), this::needsNoEngine));
        probes.add(() -> SubsystemState.ok(Subsystem.TMUX_DISCOVERY));
        probes.add(stores.probe());
        probes.add(audit.probe());
        return probes;
    }

    private boolean needsNoEngine() {
        DiscoverySettings discovery = settings.discovery();
        return !world.isEngineInstalled()
                && switch (discovery.host()) {
                    case ON -> world.hostBench().isPresent();
                    case AUTO -> world.hostBench().map(HostBench::isTmuxRunning).orElse(false);
                    case OFF -> false;
                };
    }

    /** The audit trail. */
    AuditLog audit() {
        return audit;
    }
}

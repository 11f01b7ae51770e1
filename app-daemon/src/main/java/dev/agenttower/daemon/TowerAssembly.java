package dev.agenttower.daemon;

import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.RuleAdoption;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.discovery.CoalescedWork;
import dev.agenttower.core.discovery.LiveDiscovery;
import dev.agenttower.core.governance.hook.HookedAgents;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.LogFolders;
import dev.agenttower.core.log.RecordingRepair;
import dev.agenttower.core.queue.PromptDelivery;
import dev.agenttower.core.scan.AppScans;
import dev.agenttower.core.session.AppSessionTable;
import dev.agenttower.core.settings.DiscoverySettings.HostBenchMode;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.settings.SettingsSource;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.daemon.lifecycle.Lifecycle;
import dev.agenttower.daemon.settings.TomlSettings;
import dev.agenttower.daemon.world.DeliveryProbe;
import dev.agenttower.daemon.world.EngineProbe;
import dev.agenttower.daemon.world.OutsideWorld;
import dev.agenttower.daemon.world.ReaderProbe;
import dev.agenttower.daemon.world.TmuxProbe;
import dev.agenttower.daemon.world.WatchedPaneSource;
import dev.agenttower.daemon.world.WatchedRuntime;
import dev.agenttower.jsonl.JsonlAuditLog;
import dev.agenttower.jsonl.RetryingAuditLog;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Assembles core and adapters into a tower that watches its bench containers. The {@link Lifecycle} owns the closeable parts.
 *
 * <p>Not thread-safe.
 */
final class TowerAssembly {
    private static final int BENCHES_AT_ONCE = 16;
    private static final int BENCHES_WAITING = 1024;
    private static final int FOLLOWERS = 2;
    private static final int DELIVERY_THREADS = 2;
    private static final Duration LONGEST_REPAIR_PAUSE = Duration.ofSeconds(15);
    private static final Duration AFTER_OPENING = Duration.ofSeconds(5);

    private final Lifecycle lifecycle;
    private final SettingsSource settings;
    private final OutsideWorld world;
    private final String userFallback;
    private final SqliteStores stores;
    private final WatchedRuntime runtime;
    private final WatchedPaneSource paneSource;
    private final RetryingAuditLog audit;
    private final EventAssembly events;
    private final Tower tower;
    // Null if nothing is watched, and while the tower is being built, when the probes are already in use.
    private volatile @Nullable LiveDiscovery live;
    private volatile @Nullable AgentStateWatch stateWatch;

    /**
     * Opens the stores and builds the tower.
     *
     * @param userFallback the user for containers that name none; empty if there is none
     * @param uid the daemon's user
     */
    TowerAssembly(
            Lifecycle lifecycle,
            TowerPaths paths,
            TomlSettings settings,
            OutsideWorld world,
            LifecycleLog log,
            String userFallback,
            long uid) {
        this.lifecycle = lifecycle;
        this.settings = settings;
        this.world = world;
        this.userFallback = userFallback;
        stores = lifecycle.own(SqliteStores.open(paths.database()));
        runtime = new WatchedRuntime(world.runtime());
        paneSource = new WatchedPaneSource(world.paneSource());
        JsonlAuditLog trailFile = new JsonlAuditLog(paths.events(), world.clock());
        audit = lifecycle.own(
                new RetryingAuditLog(trailFile, world.clock(), Workers.timer(lifecycle, "audit-retry", 1)));
        events = new EventAssembly(
                lifecycle,
                stores,
                trailFile,
                audit,
                settings.events(),
                settings.eventRules(),
                settings.logs(),
                world,
                log,
                uid,
                this::exchanged,
                this::printed);
        var builder = Tower.newBuilder()
                .containerRuntime(runtime)
                .paneSource(paneSource)
                .stores(
                        stores.containers(),
                        stores.panes(),
                        stores.agents(),
                        stores.logs(),
                        stores.directory(),
                        stores.dashboard())
                .logs(world.panePipes(), world.logFiles(), LogFolders.of(paths))
                .messages(stores.messages())
                .routes(world.routes(stores.routes()), settings.routing())
                .stuckAfter(settings.stuckAfter())
                .joinsTurns(settings.joinsTurns())
                .joinsInput(settings.joinsInput())
                .ticker(world.ticker())
                .promptTyper(world.promptTyper())
                // Not the one that retries: the store of messages keeps what could not be written.
                .queueAudit(new JsonlAuditLog(paths.events(), world.clock()))
                .deliveryThreads(
                        world.deliveryTimer(Workers.timer(lifecycle, "prompt-delivery", DELIVERY_THREADS)),
                        Workers.pool(lifecycle, "typist", PromptDelivery.MOST_AT_ONCE, PromptDelivery.MOST_AT_ONCE))
                .routingTimer(Workers.timer(lifecycle, "event-routing", 1))
                .audit(audit)
                .lifecycle(log)
                .settings(settings)
                .clock(world.clock())
                .sessions(new AppSessionTable(world.clock(), world.processes()))
                .events(events.events())
                .probes(probes())
                .dashboardView(world::dashboardView)
                .paneExecutor(Workers.pool(lifecycle, "pane-scan", BENCHES_AT_ONCE, BENCHES_WAITING))
                .scanExecutor(Workers.pool(lifecycle, "app-scan", AppScans.MAX_RUNNING, AppScans.MAX_RUNNING))
                .userFallback(userFallback)
                .daemonUid(uid)
                .looksBeforeAdoption(world.isLive());
        world.hostBench().ifPresent(builder::hostBench);
        tower = builder.build();
        // Tmux servers with agents outside of the default folder stay known after a restart.
        world.hostBench()
                .ifPresent(host -> stores.panes().known(host.id()).stream()
                        .map(known -> known.key().socketPath())
                        .distinct()
                        .forEach(host::include));
        live = world.isLive() && settings.discovery().live() ? follower() : null;
        adoptByRules(settings, log, uid);
        repairRecordings();
    }

    /** Makes events of states, and starts to keep them true. */
    void watchStates(HookedAgents hooked, ClientRecords records) {
        events.follow(tower.agentStates());
        AgentStateWatch watch = new AgentStateWatch(
                tower.agentStates(),
                stores,
                world.clock(),
                hooked,
                records,
                world.paneScreens(),
                tower.hostBench().map(HostBench::id));
        watch.start(tower, lifecycle);
        stateWatch = watch;
    }

    /** The active agents in panes of the host; none if it is no bench. */
    List<AgentListing> activeOnHost() {
        return tower.hostBench()
                .map(host -> stores.agents()
                        .list(new AgentFilter(List.of(), host.id().value(), true, null)))
                .orElse(List.of());
    }

    /**
     * Restarts recordings that ended by themselves: after each scan, and every few seconds while one cannot be started. The first time, tells of
     * recordings that no attachment knows as well.
     */
    private void repairRecordings() {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        CoalescedWork work = lifecycle.own(new CoalescedWork(
                Workers.timer(lifecycle, "log-repair", 1),
                () -> {
                    if (isFirst.getAndSet(false)) {
                        tower.logs().reportOrphans();
                    }
                    return tower.logs().repair().run(tower.panes().unpiped());
                },
                LONGEST_REPAIR_PAUSE));
        lifecycle.own(tower.panes().onScanned(() -> work.request(Duration.ZERO)));
        tower.logs().repair().onOpened(() -> work.request(AFTER_OPENING));
        if (!world.isLive()) {
            work.request(Duration.ZERO);
        }
    }

    /** Applies the rules of adoption after each scan, on a thread of their own, because attaching logs takes time. */
    private void adoptByRules(TomlSettings rules, LifecycleLog log, long uid) {
        RuleAdoption adoption = new RuleAdoption(
                rules::adoptionRules,
                stores.agents(),
                tower.registration(),
                () -> tower.logs().during(null, uid),
                audit,
                log,
                uid);
        CoalescedWork work = lifecycle.own(new CoalescedWork(Workers.timer(lifecycle, "adoption", 1), adoption::apply));
        lifecycle.own(tower.panes().onScanned(() -> work.request(Duration.ZERO)));
    }

    Tower tower() {
        return tower;
    }

    SqliteStores stores() {
        return stores;
    }

    EventAssembly events() {
        return events;
    }

    /**
     * Fails the deliveries that the end of an earlier daemon cut off, and starts to deliver.
     *
     * @throws dev.agenttower.core.failure.StorageException if the database cannot be written
     */
    void deliver() {
        tower.queue().delivery().recover();
        lifecycle.own(tower.queue().delivery());
        tower.queue().delivery().start();
        lifecycle.own(tower.queue().receiptWatch().start());
    }

    /** Starts to make messages of events. */
    void route() {
        lifecycle.own(tower.routing().worker());
        tower.routing().worker().start();
    }

    /** Whether lines of the audit trail wait to be written. */
    boolean isAuditLate() {
        return audit.isLate();
    }

    /** Starts to watch the bench containers, if the world is watched; called after the start, in order not to delay it. */
    void follow() {
        LiveDiscovery following = live;
        if (following != null) {
            following.start();
        }
    }

    private LiveDiscovery follower() {
        boolean isHostOff = settings.discovery().host() == HostBenchMode.OFF;
        return lifecycle.own(new LiveDiscovery(
                world.containerChanges(),
                world.paneChanges(),
                isHostOff ? Optional.empty() : world.hostBench(),
                tower.containers(),
                tower.panes(),
                stores.panes(),
                userFallback,
                Workers.timer(lifecycle, "live-discovery", FOLLOWERS)));
    }

    private List<SubsystemProbe> probes() {
        return List.of(
                new ReaderProbe(events::status, this::stoppedRecordings),
                new DeliveryProbe(this::delivery, this::routingTrouble),
                new EngineProbe(runtime, this::watchTrouble, this::needsNoEngine),
                new TmuxProbe(paneSource, stores.panes()),
                stores.probe(),
                audit.probe());
    }

    private void exchanged(AgentId agent) {
        tower.logs().repair().exchanged(agent);
    }

    private void printed(AgentId agent, ByteBuffer output) {
        AgentStateWatch watching = stateWatch;
        if (watching != null) {
            watching.printed(agent, output);
        }
    }

    private List<RecordingRepair.Stopped> stoppedRecordings() {
        Tower built = tower;
        return built == null ? List.of() : built.logs().repair().stopped();
    }

    private @Nullable PromptDelivery delivery() {
        Tower built = tower;
        return built == null ? null : built.queue().delivery();
    }

    private @Nullable String routingTrouble() {
        Tower built = tower;
        return built == null ? null : built.routing().worker().trouble();
    }

    private @Nullable String watchTrouble() {
        LiveDiscovery following = live;
        return following == null ? null : following.engineTrouble();
    }

    private boolean needsNoEngine() {
        if (world.isEngineInstalled()) {
            return false;
        }
        try {
            return switch (settings.discovery().host()) {
                case ON -> world.hostBench().isPresent();
                case AUTO -> world.hostBench().map(HostBench::isTmuxRunning).orElse(false);
                case OFF -> false;
            };
        } catch (InvalidSettingsException e) {
            // Scans report this failure; a probe must not fail because of it.
            return false;
        }
    }
}

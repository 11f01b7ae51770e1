package dev.agenttower.core;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import dev.agenttower.core.agent.AgentProfile;
import dev.agenttower.core.agent.AgentRegistration;
import dev.agenttower.core.agent.AgentRemoval;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.InMemoryAuditLog;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.InMemoryContainerRuntime;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.discovery.ContainerDiscovery;
import dev.agenttower.core.discovery.PaneDiscovery;
import dev.agenttower.core.discovery.PaneLookup;
import dev.agenttower.core.event.EventClassifier;
import dev.agenttower.core.event.EventFollowing;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.event.Events;
import dev.agenttower.core.governance.role.RunningProcesses;
import dev.agenttower.core.health.DashboardSource;
import dev.agenttower.core.health.Health;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.InMemoryLogFiles;
import dev.agenttower.core.log.InMemoryPanePipes;
import dev.agenttower.core.log.LogAttachments;
import dev.agenttower.core.log.LogFiles;
import dev.agenttower.core.log.LogFolders;
import dev.agenttower.core.log.LogStore;
import dev.agenttower.core.log.PanePipes;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.InMemoryPaneSource;
import dev.agenttower.core.pane.PaneSource;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.queue.InMemoryPromptTyper;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.queue.MissedEvents;
import dev.agenttower.core.queue.PromptDelivery;
import dev.agenttower.core.queue.PromptQueue;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.queue.ReceiptWatch;
import dev.agenttower.core.queue.TypingReadiness;
import dev.agenttower.core.route.EventRouting;
import dev.agenttower.core.route.RouteStore;
import dev.agenttower.core.scan.AppScans;
import dev.agenttower.core.session.AppSessionTable;
import dev.agenttower.core.session.AppSessions;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.settings.RoutingSettings;
import dev.agenttower.core.settings.SettingsSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Collects the ports of a {@link Tower}. A port that is not set is its in-memory twin: without any, a tower has no bench containers, keeps all
 * data in memory, and is ready. Not thread-safe.
 */
public final class TowerBuilder {
    private static final int PANE_THREADS = 8;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int DELIVERY_THREADS = 2;

    private ContainerRuntime runtime = new InMemoryContainerRuntime();
    private Optional<HostBench> hostBench = HostBench.none();
    private PaneSource paneSource = new InMemoryPaneSource();
    private PanePipes pipes = new InMemoryPanePipes();
    private LogFiles logFiles = new InMemoryLogFiles();
    private LogFolders logFolders = new LogFolders("/logs", List.of(), "/logs/agenttowerd.log");
    private @Nullable Stores stores;
    private AuditLog audit = new InMemoryAuditLog();
    private LifecycleLog lifecycle = LifecycleLog.noop();
    private SettingsSource settings = SettingsSource.defaults();
    private InstantSource clock = InstantSource.system();
    private @Nullable RandomGenerator random;
    private @Nullable AppSessions sessions;
    private @Nullable Events events;
    private @Nullable List<SubsystemProbe> probes;
    private UnaryOperator<List<SubsystemState>> dashboardView = UnaryOperator.identity();
    private @Nullable MessageStore messages;
    private @Nullable RouteStore routes;
    private boolean joinsTurns;
    private boolean joinsInput;
    private Duration stuckAfter = AgentStates.DEFAULT_STUCK_AFTER;
    private RoutingSettings routingSettings = RoutingSettings.DEFAULT;
    private LongSupplier ticker = System::nanoTime;
    private PromptTyper promptTyper = new InMemoryPromptTyper();
    private @Nullable AuditLog queueAudit;
    private @Nullable ScheduledExecutorService deliveryTimer;
    private @Nullable Executor typists;
    private @Nullable ScheduledExecutorService routingTimer;
    private @Nullable Executor paneExecutor;
    private @Nullable Executor scanExecutor;
    private String userFallback = "";
    private long daemonUid = -1;
    private boolean looksBeforeAdoption;

    TowerBuilder() {}

    /** Sets the container engine. */
    public TowerBuilder containerRuntime(ContainerRuntime runtime) {
        this.runtime = requireNonNull(runtime, "runtime");
        return this;
    }

    /** Makes the host's own tmux a bench, if the settings allow it. */
    public TowerBuilder hostBench(HostBench hostBench) {
        this.hostBench = Optional.of(hostBench);
        return this;
    }

    /** Sets the tmux of the bench containers. */
    public TowerBuilder paneSource(PaneSource paneSource) {
        this.paneSource = requireNonNull(paneSource, "paneSource");
        return this;
    }

    /** Sets all stores, which must read the same rows. */
    public TowerBuilder stores(
            ContainerStore containers,
            PaneStore panes,
            AgentStore agents,
            LogStore logs,
            Directory directory,
            DashboardSource dashboard) {
        this.stores = new Stores(
                requireNonNull(containers, "containers"),
                requireNonNull(panes, "panes"),
                requireNonNull(agents, "agents"),
                requireNonNull(logs, "logs"),
                requireNonNull(directory, "directory"),
                requireNonNull(dashboard, "dashboard"));
        return this;
    }

    /** Sets all stores to those of the given tables. */
    public TowerBuilder stores(InMemoryTables tables) {
        messages(tables.messages());
        routes(tables.routes(), RoutingSettings.DEFAULT);
        return stores(
                tables.containers(),
                tables.panes(),
                tables.agents(),
                tables.logs(),
                tables.directory(),
                tables.dashboard());
    }

    /** Sets how panes are recorded, and where their logs lie. */
    public TowerBuilder logs(PanePipes pipes, LogFiles files, LogFolders folders) {
        this.pipes = requireNonNull(pipes, "pipes");
        this.logFiles = requireNonNull(files, "files");
        this.logFolders = requireNonNull(folders, "folders");
        return this;
    }

    /** Sets the store of messages, which must read the same rows as the other stores; in memory when not set. */
    public TowerBuilder messages(MessageStore messages) {
        this.messages = requireNonNull(messages, "messages");
        return this;
    }

    /** Sets the store of routes, which must read the same rows as the other stores, and their bounds; in memory when not set. */
    public TowerBuilder routes(RouteStore routes, RoutingSettings settings) {
        this.routes = requireNonNull(routes, "routes");
        this.routingSettings = requireNonNull(settings, "settings");
        return this;
    }

    /** Sets how prompts are typed into panes. */
    public TowerBuilder promptTyper(PromptTyper promptTyper) {
        this.promptTyper = requireNonNull(promptTyper, "promptTyper");
        return this;
    }

    /**
     * Sets the audit trail of the prompt queue, which must not keep records that it could not write, because the store of messages keeps them; the
     * tower's audit trail when not set.
     */
    public TowerBuilder queueAudit(AuditLog queueAudit) {
        this.queueAudit = requireNonNull(queueAudit, "queueAudit");
        return this;
    }

    /**
     * Sets the threads of the prompt delivery, owned by the caller; the tower's own threads when not set.
     *
     * @param timer chooses messages and writes the audit, on at least two threads
     * @param typists types prompts, on {@link dev.agenttower.core.queue.PromptDelivery#MOST_AT_ONCE} threads
     */
    public TowerBuilder deliveryThreads(ScheduledExecutorService timer, Executor typists) {
        this.deliveryTimer = requireNonNull(timer, "timer");
        this.typists = requireNonNull(typists, "typists");
        return this;
    }

    /** Sets the thread of the worker of routes, owned by the caller; the tower's own thread when not set. */
    public TowerBuilder routingTimer(ScheduledExecutorService routingTimer) {
        this.routingTimer = requireNonNull(routingTimer, "routingTimer");
        return this;
    }

    /** Sets the audit trail. */
    public TowerBuilder audit(AuditLog audit) {
        this.audit = requireNonNull(audit, "audit");
        return this;
    }

    /** Sets the log of lifecycle events; they are discarded when not set. */
    public TowerBuilder lifecycle(LifecycleLog lifecycle) {
        this.lifecycle = requireNonNull(lifecycle, "lifecycle");
        return this;
    }

    /** Sets for how long a working agent may give no sign; ten minutes when not set. */
    public TowerBuilder stuckAfter(Duration silence) {
        this.stuckAfter = requireNonNull(silence, "silence");
        return this;
    }

    /** Sets whether prompts are typed while their agent works, by its client's own queue; they wait when not set. */
    public TowerBuilder joinsTurns(boolean joins) {
        this.joinsTurns = joins;
        return this;
    }

    /** Sets whether prompts are typed behind what a person has typed into an input box and not sent; they wait when not set. */
    public TowerBuilder joinsInput(boolean joins) {
        this.joinsInput = joins;
        return this;
    }

    /** Sets the source of settings; the defaults when not set. */
    public TowerBuilder settings(SettingsSource settings) {
        this.settings = requireNonNull(settings, "settings");
        return this;
    }

    /** Sets the clock; the system's clock when not set. */
    public TowerBuilder clock(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /** Sets the real time that measures periods, in nanoseconds from any origin; {@link System#nanoTime} when not set. */
    public TowerBuilder ticker(LongSupplier ticker) {
        this.ticker = requireNonNull(ticker, "ticker");
        return this;
    }

    /** Sets the source of ids, which must be cryptographically strong; {@link SecureRandom} when not set. */
    public TowerBuilder random(RandomGenerator random) {
        this.random = requireNonNull(random, "random");
        return this;
    }

    /** Sets stored events, those who follow them, and the rules; when not set, there are no events. */
    public TowerBuilder events(Events events) {
        this.events = requireNonNull(events, "events");
        return this;
    }

    /** Sets the sessions of control panels; when not set, sessions of ended processes are treated like others. */
    public TowerBuilder sessions(AppSessions sessions) {
        this.sessions = requireNonNull(sessions, "sessions");
        return this;
    }

    /** Sets one probe for each subsystem, in any order; all subsystems are ready when not set. */
    public TowerBuilder probes(List<SubsystemProbe> probes) {
        this.probes = List.copyOf(probes);
        return this;
    }

    /** Sets a transformation of the probed states for the dashboard, see {@link Health}; none when not set. */
    public TowerBuilder dashboardView(UnaryOperator<List<SubsystemState>> dashboardView) {
        this.dashboardView = requireNonNull(dashboardView, "dashboardView");
        return this;
    }

    /** Sets the executor that queries containers for panes in parallel, owned by the caller; the tower's own threads when not set. */
    public TowerBuilder paneExecutor(Executor paneExecutor) {
        this.paneExecutor = requireNonNull(paneExecutor, "paneExecutor");
        return this;
    }

    /**
     * Sets the executor that runs the scans of control panels, owned by the caller; the tower's own threads when not set. Must not be the
     * executor that queries containers, since a scan waits for those queries.
     */
    public TowerBuilder scanExecutor(Executor scanExecutor) {
        this.scanExecutor = requireNonNull(scanExecutor, "scanExecutor");
        return this;
    }

    /** Sets the user to run tmux as where a container names none; none when not set. */
    public TowerBuilder userFallback(String userFallback) {
        this.userFallback = requireNonNull(userFallback, "userFallback");
        return this;
    }

    /** Sets the user id that audit records of pane scans name; -1, which is unknown, when not set. */
    public TowerBuilder daemonUid(long daemonUid) {
        this.daemonUid = daemonUid;
        return this;
    }

    /** Sets whether adoption queries tmux for the current address of a pane; when not set, the stored panes are used. */
    public TowerBuilder looksBeforeAdoption(boolean looksBeforeAdoption) {
        this.looksBeforeAdoption = looksBeforeAdoption;
        return this;
    }

    /**
     * Builds the tower. A tower without given executors has its own threads, which {@link Tower#close()} ends.
     *
     * @throws IllegalArgumentException if a subsystem has no probe or two
     */
    public Tower build() {
        InMemoryTables tables = new InMemoryTables();
        Stores stores = requireNonNullElseGet(this.stores, () -> Stores.of(tables));
        RandomGenerator ids = requireNonNullElseGet(random, SecureRandom::new);
        List<ExecutorService> owned = new ArrayList<>();
        ContainerDiscovery containers =
                new ContainerDiscovery(runtime, hostBench, stores.containers, audit, lifecycle, settings, clock);
        PaneDiscovery panes = new PaneDiscovery(
                paneSource,
                hostBench,
                stores.panes,
                audit,
                lifecycle,
                clock,
                given(paneExecutor, "agenttower-pane-scan", PANE_THREADS, owned),
                userFallback,
                daemonUid);
        PaneLookup lookup = new PaneLookup(containers, panes, stores.panes);
        AgentStates states = new AgentStates(clock, stuckAfter);
        Events given = requireNonNullElseGet(events, () -> noEvents(tables));
        MessageStore prompts = requireNonNullElseGet(messages, tables::messages);
        ScheduledExecutorService queueTimer = timer(deliveryTimer, "agenttower-delivery", DELIVERY_THREADS, owned);
        PromptQueue queue = PromptQueue.create(
                prompts,
                stores.agents,
                promptTyper,
                new TypingReadiness(id -> states.of(id).state(), joinsTurns, joinsInput),
                new ReceiptWatch(prompts, states::of, clock, queueTimer, new MissedEvents(given)),
                requireNonNullElse(queueAudit, audit),
                clock,
                ids,
                queueTimer,
                given(typists, "agenttower-typist", PromptDelivery.MOST_AT_ONCE, owned));
        EventRouting routing = EventRouting.create(
                requireNonNullElseGet(routes, tables::routes),
                given.store(),
                stores.agents,
                queue.sending(),
                routingSettings,
                audit,
                clock,
                ids,
                ticker,
                timer(routingTimer, "agenttower-routing", 1, owned));
        given.following().onStored(routing.worker()::request);
        Health health = new Health(
                stores.dashboard,
                requireNonNullElseGet(probes, TowerBuilder::allWell),
                clock,
                dashboardView,
                routing.routes().activity()::recentSkips);
        return new Tower(
                containers,
                panes,
                hostBench,
                stores.containers,
                stores.panes,
                new AgentRegistration(
                        stores.agents,
                        stores.panes,
                        audit,
                        lifecycle,
                        clock,
                        ids,
                        looksBeforeAdoption ? lookup::current : UnaryOperator.identity()),
                new AgentProfile(stores.agents, audit, lifecycle),
                new AgentRemoval(
                        stores.agents,
                        audit,
                        lifecycle,
                        clock,
                        looksBeforeAdoption ? lookup::look : bench -> {},
                        queue.decisions()::cancelFor),
                stores.agents,
                states,
                queue,
                routing,
                new LogAttachments(
                        stores.logs,
                        stores.agents,
                        stores.panes,
                        pipes,
                        logFiles,
                        logFolders,
                        hostBench,
                        userFallback,
                        audit,
                        lifecycle,
                        clock,
                        ids),
                stores.directory,
                health,
                requireNonNullElseGet(sessions, () -> new AppSessionTable(clock, RunningProcesses.unknown())),
                new AppScans(
                        containers,
                        panes,
                        clock,
                        given(scanExecutor, "agenttower-app-scan", AppScans.MAX_RUNNING, owned)),
                given,
                audit,
                owned);
    }

    private Events noEvents(InMemoryTables tables) {
        EventStore none = tables.events();
        return new Events(
                none,
                new EventFollowing(
                        none,
                        EventSettings.DEFAULT,
                        () -> clock.millis() * NANOS_PER_MILLI,
                        new SecureRandom(),
                        Runnable::run),
                new EventClassifier(EventSettings.DEFAULT, List.of()));
    }

    private static ScheduledExecutorService timer(
            @Nullable ScheduledExecutorService timer, String name, int threads, List<ExecutorService> owned) {
        if (timer != null) {
            return timer;
        }
        ScheduledExecutorService own = OwnedThreads.timer(name, threads);
        owned.add(own);
        return own;
    }

    private static Executor given(@Nullable Executor executor, String name, int threads, List<ExecutorService> owned) {
        if (executor != null) {
            return executor;
        }
        ExecutorService own = OwnedThreads.create(name, threads);
        owned.add(own);
        return own;
    }

    private static List<SubsystemProbe> allWell() {
        return Arrays.stream(Subsystem.values())
                .<SubsystemProbe>map(subsystem -> () -> SubsystemState.ok(subsystem))
                .toList();
    }

    private record Stores(
            ContainerStore containers,
            PaneStore panes,
            AgentStore agents,
            LogStore logs,
            Directory directory,
            DashboardSource dashboard) {
        private static Stores of(InMemoryTables tables) {
            return new Stores(
                    tables.containers(),
                    tables.panes(),
                    tables.agents(),
                    tables.logs(),
                    tables.directory(),
                    tables.dashboard());
        }
    }
}

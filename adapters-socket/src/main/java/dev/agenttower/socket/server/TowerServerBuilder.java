package dev.agenttower.socket.server;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AgentLookup;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.OwnUser;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.inbox.Inbox;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.socket.server.app.AppAgentMethods;
import dev.agenttower.socket.server.app.AppAudit;
import dev.agenttower.socket.server.app.AppBootstrapMethods;
import dev.agenttower.socket.server.app.AppDirectoryMethods;
import dev.agenttower.socket.server.app.AppHealthMethods;
import dev.agenttower.socket.server.app.AppInboxMethods;
import dev.agenttower.socket.server.app.AppLogMethods;
import dev.agenttower.socket.server.app.AppQueueMethods;
import dev.agenttower.socket.server.app.AppRefusals;
import dev.agenttower.socket.server.app.AppRouteMethods;
import dev.agenttower.socket.server.app.AppScanMethods;
import dev.agenttower.socket.server.framing.LineSession;
import dev.agenttower.socket.server.gate.Gates;
import dev.agenttower.socket.server.legacy.AgentMethods;
import dev.agenttower.socket.server.legacy.DaemonMethods;
import dev.agenttower.socket.server.legacy.DiscoveryMethods;
import dev.agenttower.socket.server.legacy.EventMethods;
import dev.agenttower.socket.server.legacy.LegacyRefusals;
import dev.agenttower.socket.server.legacy.LogMethods;
import dev.agenttower.socket.server.legacy.QueueMethods;
import dev.agenttower.socket.server.legacy.RouteMethods;
import dev.agenttower.socket.server.legacy.RoutingMethods;
import dev.agenttower.socket.server.method.Caller;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.status.DaemonIdentity;
import dev.agenttower.socket.server.status.DaemonStatus;
import dev.agenttower.socket.server.status.ShutdownRequest;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.JsonText;
import dev.agenttower.unix.BindGuard;
import dev.agenttower.unix.connection.ConnectionLimits;
import dev.agenttower.unix.connection.ConnectionServer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Builds a {@link TowerServer}. Not thread-safe. */
public final class TowerServerBuilder {
    private final Tower tower;
    private final HostGate hostGate;
    private final DaemonIdentity identity;
    private final Supplier<DaemonStatus> status;
    private final long ownUid;

    private Predicate<Peer> startedByAgent = peer -> false;
    private Inbox inbox = Inbox.none();
    private LifecycleLog lifecycle = LifecycleLog.noop();
    private AuditLog appAudit;
    private Runnable onShutdownRequest = () -> {};
    private Consumer<Throwable> onFatal = failure -> {};
    private EventSettings eventSettings = EventSettings.DEFAULT;
    private ConnectionLimits limits = LineSession.LIMITS;
    private BindGuard bindGuard = BindGuard.none();
    private InstantSource clock = InstantSource.system();
    private LongSupplier ticker = System::nanoTime;

    /**
     * Starts with the parts that have no default.
     *
     * @param identity the constant facts of the daemon, among them the path of the served socket
     * @param status the state of the workers; read for each {@code status}
     * @param ownUid the daemon's user; other users are refused
     */
    public TowerServerBuilder(
            Tower tower, HostGate hostGate, DaemonIdentity identity, Supplier<DaemonStatus> status, long ownUid) {
        this.tower = requireNonNull(tower, "tower");
        this.hostGate = requireNonNull(hostGate, "hostGate");
        this.identity = requireNonNull(identity, "identity");
        this.status = requireNonNull(status, "status");
        this.ownUid = ownUid;
        this.appAudit = tower.audit();
    }

    /** Tells whether an agent on the host started a process, which then is no person; none by default. */
    public TowerServerBuilder startedByAgent(Predicate<Peer> descent) {
        startedByAgent = requireNonNull(descent, "descent");
        return this;
    }

    /** What waits for a person; nothing by default. */
    public TowerServerBuilder inbox(Inbox waiting) {
        inbox = requireNonNull(waiting, "waiting");
        return this;
    }

    /** Receives reports of refused peers; none by default. */
    public TowerServerBuilder lifecycle(LifecycleLog log) {
        lifecycle = requireNonNull(log, "log");
        return this;
    }

    /** Records changes by control panels, in addition to the tower's own records; the tower's log by default. */
    public TowerServerBuilder appAudit(AuditLog log) {
        appAudit = requireNonNull(log, "log");
        return this;
    }

    /** Runs after the answer to {@code shutdown} is sent, on a thread of the server; must not block. */
    public TowerServerBuilder onShutdownRequest(Runnable action) {
        onShutdownRequest = requireNonNull(action, "action");
        return this;
    }

    /** Receives a failure after which the server cannot continue; must not block, and must end the daemon. */
    public TowerServerBuilder onFatal(Consumer<Throwable> action) {
        onFatal = requireNonNull(action, "action");
        return this;
    }

    /** The limits of pages and waits of the methods of events; the defaults by default. */
    public TowerServerBuilder eventSettings(EventSettings settings) {
        eventSettings = requireNonNull(settings, "settings");
        return this;
    }

    /** The limits for clients. */
    public TowerServerBuilder limits(ConnectionLimits granted) {
        limits = requireNonNull(granted, "granted");
        return this;
    }

    /** Runs the bind under a umask. */
    public TowerServerBuilder bindGuard(BindGuard guard) {
        bindGuard = requireNonNull(guard, "guard");
        return this;
    }

    /** The clock for {@code uptime_seconds}. */
    public TowerServerBuilder clock(InstantSource source) {
        clock = requireNonNull(source, "source");
        return this;
    }

    /** The time source for deadlines and latency, in nanoseconds from any origin. */
    public TowerServerBuilder ticker(LongSupplier source) {
        ticker = requireNonNull(source, "source");
        return this;
    }

    /** Builds a server that is not bound yet. */
    public TowerServer build() {
        JsonText json = new JsonText();
        ShutdownRequest shutdown = new ShutdownRequest(onShutdownRequest);
        TowerProtocol protocol = new TowerProtocol(
                new OwnUser(ownUid, lifecycle),
                new Gates(json, methods(json, shutdown), tower.sessions()),
                peer -> new Caller(peer, hostGate, startedByAgent, this::isHostBench),
                Map.of(Envelope.LEGACY, new LegacyRefusals(), Envelope.APP, new AppRefusals()),
                json);
        return new TowerServer(
                new ConnectionServer("socket", identity.socket(), ownUid, bindGuard, protocol, limits, ticker, onFatal),
                shutdown,
                tower.events().following());
    }

    private boolean isHostBench(ContainerId bench) {
        return tower.hostBench().map(HostBench::id).filter(bench::equals).isPresent();
    }

    private List<Method> methods(JsonText json, ShutdownRequest shutdown) {
        AppAudit audit = new AppAudit(appAudit, ticker);
        return Stream.of(
                        new DaemonMethods(identity, status, shutdown, clock).methods(),
                        new DiscoveryMethods(tower).methods(),
                        new AgentMethods(tower, identity.schemaVersion(), json).methods(),
                        new QueueMethods(tower.queue(), shutdown::isAnnounced).methods(),
                        new RoutingMethods(tower.queue().routing(), ownUid).methods(),
                        new RouteMethods(tower.routing().routes(), clock).methods(),
                        new LogMethods(tower.logs(), new AgentLookup(tower.agentStore()), identity.schemaVersion())
                                .methods(),
                        new EventMethods(tower, eventSettings, json).methods(),
                        new AppBootstrapMethods(tower.sessions(), identity, shutdown).methods(),
                        new AppHealthMethods(tower.health(), ticker).methods(),
                        new AppScanMethods(tower.scans()).methods(),
                        new AppDirectoryMethods(tower.directory(), tower.agentStates(), json, new SecureRandom())
                                .methods(),
                        new AppInboxMethods(inbox).methods(),
                        new AppAgentMethods(tower, audit).methods(),
                        new AppLogMethods(tower, audit).methods(),
                        new AppQueueMethods(tower.queue(), audit).methods(),
                        new AppRouteMethods(tower.routing().routes(), audit).methods())
                .flatMap(List::stream)
                .toList();
    }
}

package dev.agenttower.http;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.caller.ContainerFiles;
import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.OwnUser;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.hook.HookedAgents;
import dev.agenttower.core.governance.human.AgentMarking;
import dev.agenttower.core.governance.human.AgentProcesses;
import dev.agenttower.core.governance.human.HumanGate;
import dev.agenttower.core.governance.human.OperatorPassphrase;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.human.SessionRoots;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.core.inbox.Inbox;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.http.api.Callers;
import dev.agenttower.http.api.ChangeRoutes;
import dev.agenttower.http.api.HookRoutes;
import dev.agenttower.http.api.HumansOnly;
import dev.agenttower.http.api.InboxRoutes;
import dev.agenttower.http.api.LedgerRoutes;
import dev.agenttower.http.api.PolicyRoutes;
import dev.agenttower.http.api.ProjectRoutes;
import dev.agenttower.http.api.RequestRoutes;
import dev.agenttower.http.api.RoleRoutes;
import dev.agenttower.http.api.Selection;
import dev.agenttower.http.api.SessionRoutes;
import dev.agenttower.http.route.RoutedService;
import dev.agenttower.http.transport.HttpProtocol;
import dev.agenttower.http.wire.JsonWire;
import dev.agenttower.unix.BindGuard;
import dev.agenttower.unix.connection.ConnectionLimits;
import dev.agenttower.unix.connection.ConnectionServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Builds the server of the governance socket. Not thread-safe. */
public final class GovernanceServerBuilder {
    private final Path socket;
    private final GovernedProjects projects;
    private final HostGate host;
    private final ProcessTree processes;
    private final AgentProcesses agents;
    private final long ownUid;

    private long daemon;
    private OperatorPassphrase passphrase = OperatorPassphrase.none();
    private Function<Peer, Optional<String>> workingDirectory = peer -> Optional.empty();
    private Function<Peer, Optional<ContainerFiles>> containers = peer -> Optional.empty();
    private LifecycleLog lifecycle = LifecycleLog.noop();
    private Consumer<Throwable> onFatal = failure -> {};
    private ConnectionLimits limits = HttpProtocol.LIMITS;
    private BindGuard bindGuard = BindGuard.none();
    private InstantSource clock = InstantSource.system();
    private LongSupplier ticker = System::nanoTime;
    private HookedAgents hookedAgents = HookedAgents.none();
    private String home = "";
    private Inbox inbox = Inbox.none();

    /**
     * Starts with the parts that have no default.
     *
     * @param socket the path of the socket
     * @param ownUid the daemon's user; other users are refused
     */
    public GovernanceServerBuilder(
            Path socket,
            GovernedProjects projects,
            HostGate host,
            ProcessTree processes,
            AgentProcesses agents,
            long ownUid) {
        this.socket = requireNonNull(socket, "socket");
        this.projects = requireNonNull(projects, "projects");
        this.host = requireNonNull(host, "host");
        this.processes = requireNonNull(processes, "processes");
        this.agents = requireNonNull(agents, "agents");
        this.ownUid = ownUid;
    }

    /** The passphrase for calls that require a human; none by default. */
    public GovernanceServerBuilder passphrase(OperatorPassphrase operator) {
        passphrase = requireNonNull(operator, "operator");
        return this;
    }

    /**
     * The server's own process: its descendants are never human, and sessions cannot be bound to its ancestors; by default it is treated
     * like any other process.
     */
    public GovernanceServerBuilder daemon(long pid) {
        daemon = pid;
        return this;
    }

    /** The working directory of a host process, all links followed; unknown by default. */
    public GovernanceServerBuilder workingDirectory(Function<Peer, Optional<String>> source) {
        workingDirectory = requireNonNull(source, "source");
        return this;
    }

    /** The files of processes in containers; unknown by default. */
    public GovernanceServerBuilder containers(Function<Peer, Optional<ContainerFiles>> source) {
        containers = requireNonNull(source, "source");
        return this;
    }

    /** The home folder that {@code ~} names in commands of agents; unknown by default. */
    public GovernanceServerBuilder home(String folder) {
        home = requireNonNull(folder, "folder");
        return this;
    }

    /** Receives reports of refused users; none by default. */
    public GovernanceServerBuilder lifecycle(LifecycleLog log) {
        lifecycle = requireNonNull(log, "log");
        return this;
    }

    /** Receives a failure after which the server cannot continue; must not block, and must end the daemon. */
    public GovernanceServerBuilder onFatal(Consumer<Throwable> action) {
        onFatal = requireNonNull(action, "action");
        return this;
    }

    /** The limits for clients. */
    public GovernanceServerBuilder limits(ConnectionLimits granted) {
        limits = requireNonNull(granted, "granted");
        return this;
    }

    /** Runs the bind under a umask. */
    public GovernanceServerBuilder bindGuard(BindGuard guard) {
        bindGuard = requireNonNull(guard, "guard");
        return this;
    }

    /** The clock for {@code uptime_seconds}. */
    public GovernanceServerBuilder clock(InstantSource source) {
        clock = requireNonNull(source, "source");
        return this;
    }

    /** The time source for deadlines and attempts, in nanoseconds from any origin. */
    public GovernanceServerBuilder ticker(LongSupplier source) {
        ticker = requireNonNull(source, "source");
        return this;
    }

    /** The agents in panes of the host: they are named in records, and hooks tell of their states; none by default. */
    public GovernanceServerBuilder hookedAgents(HookedAgents known) {
        hookedAgents = requireNonNull(known, "known");
        return this;
    }

    /** What waits for a person; nothing by default. */
    public GovernanceServerBuilder inbox(Inbox waiting) {
        inbox = requireNonNull(waiting, "waiting");
        return this;
    }

    /** Builds a server that is not bound yet. */
    public ConnectionServer build() {
        Selection selection = new Selection(projects, host, workingDirectory);
        HumansOnly humans = new HumansOnly(new HumanGate(ownUid, host, processes, agents, daemon, passphrase, ticker));
        Callers callers = new Callers(host, hookedAgents);
        SessionRoots roots = new SessionRoots(processes, agents, daemon);
        AgentMarking marking = new AgentMarking(processes, agents);
        RoutedService service = new RoutedService(
                List.of(
                        new PolicyRoutes(selection, callers, clock, clock.instant()).routes(),
                        new ChangeRoutes(selection, humans, callers).routes(),
                        new RequestRoutes(selection, humans, callers).routes(),
                        new RoleRoutes(selection, humans).routes(),
                        new SessionRoutes(selection, humans, callers, host, processes, marking, roots).routes(),
                        new HookRoutes(selection, containers, callers, marking, roots, hookedAgents, clock, home)
                                .routes(),
                        new LedgerRoutes(selection, humans, callers).routes(),
                        new ProjectRoutes(selection, humans, hookedAgents.states()).routes(),
                        new InboxRoutes(inbox).routes()),
                new OwnUser(ownUid, lifecycle),
                processes,
                new JsonWire());
        return new ConnectionServer(
                "http", socket, ownUid, bindGuard, new HttpProtocol(service), limits, ticker, onFatal);
    }
}

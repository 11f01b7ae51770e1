package dev.agenttower.daemon;

import dev.agenttower.core.Tower;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.hook.HookedAgents;
import dev.agenttower.core.governance.human.AgentDescent;
import dev.agenttower.core.governance.human.AgentMarking;
import dev.agenttower.core.governance.human.AgentProcesses;
import dev.agenttower.core.governance.registry.DriftWatch;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.core.inbox.Inbox;
import dev.agenttower.core.inbox.WaitingAgents;
import dev.agenttower.core.inbox.WaitingChanges;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.daemon.lifecycle.Lifecycle;
import dev.agenttower.daemon.log.DaemonLog;
import dev.agenttower.daemon.world.OutsideWorld;
import dev.agenttower.http.GovernanceServerBuilder;
import dev.agenttower.sqlite.SqliteStores;
import dev.agenttower.unix.PrivateBind;
import dev.agenttower.unix.connection.ConnectionServer;
import dev.agenttower.workspace.ProjectWorkspaces;
import dev.agenttower.workspace.drift.FolderWatch;
import dev.agenttower.workspace.file.JacksonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Assembles governance and its adapters into the server of the HTTP socket. Not thread-safe. */
final class GovernanceAssembly {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private static final int PROJECTS_AT_ONCE = 3;
    private static final Duration WITHOUT_HINT = Duration.ofSeconds(30);

    private final Lifecycle lifecycle;
    private final TowerPaths paths;
    private final OutsideWorld world;
    private final DaemonLog log;
    private final long uid;
    private final GovernedProjects projects;
    private final DriftWatch drift;
    private final AgentProcesses agents;

    GovernanceAssembly(
            Lifecycle lifecycle, TowerPaths paths, OutsideWorld world, SqliteStores stores, DaemonLog log, long uid) {
        this.lifecycle = lifecycle;
        this.paths = paths;
        this.world = world;
        this.log = log;
        this.uid = uid;
        projects = new GovernedProjects(
                stores.projects(),
                new ProjectWorkspaces(world.clock(), stores.ledgers()),
                world.clock(),
                world.processes(),
                stores.baselines(),
                stores.promises(),
                stores.changes(),
                stores.ledgers());
        FolderWatch folders = lifecycle.own(new FolderWatch());
        drift = lifecycle.own(new DriftWatch(
                projects,
                folders,
                Workers.writingTimer(lifecycle, "project-watch", PROJECTS_AT_ONCE),
                WITHOUT_HINT,
                (what, trouble) -> log.failure(what + " cannot be watched over", trouble)));
        agents = stores.agentProcesses(
                bootId(),
                world.hostBench().map(HostBench::id).map(id -> id.value()).orElse(""));
    }

    /**
     * Marks the processes of agents' panes: now, before the answer to each registration, and after each scan of panes, in which a pane may
     * have a new process.
     */
    void markAgentsOf(Tower tower) {
        AgentMarking marking = new AgentMarking(world.processes(), agents);
        Runnable refresh = () -> {
            try {
                marking.refresh();
            } catch (StorageException trouble) {
                log.failure("the processes of agents cannot be marked", trouble);
            }
        };
        refresh.run();
        lifecycle.own(tower.panes().onScanned(refresh));
        lifecycle.own(tower.registration().onRegistered(marking::refresh));
    }

    /**
     * Starts to watch the sovereign files of the projects, which also completes or reverts changes that a crash interrupted. A project that
     * cannot be opened affects neither the others nor the start; an earlier request for a project opens it.
     */
    void follow() {
        drift.start();
    }

    /** What waits for a person in the projects, and of the agents of a tower. */
    Inbox inbox(Tower tower) {
        return new Inbox(
                List.of(new WaitingChanges(projects), new WaitingAgents(tower.agentStates(), tower.agentStore())),
                System::nanoTime,
                new SecureRandom(),
                Workers.timer(lifecycle, "inbox", PROJECTS_AT_ONCE));
    }

    /** The descent of processes from agents. */
    AgentDescent descent() {
        return new AgentDescent(
                world.processes(), agents, ProcessHandle.current().pid());
    }

    /**
     * A server that is not bound yet.
     *
     * @param hooked receives what hooks tell of agents
     * @param inbox what waits for a person
     * @param home the home folder of the user; empty if unknown
     */
    ConnectionServer server(HookedAgents hooked, Inbox inbox, String home, Consumer<Throwable> onFatal) {
        return new GovernanceServerBuilder(
                        paths.httpSocket(), projects, world.hostGate(), world.processes(), agents, uid)
                .daemon(ProcessHandle.current().pid())
                .passphrase(new PassphraseFile(paths.operatorPassphrase(), new JacksonJson(), uid))
                .workingDirectory(world.workingDirectory())
                .hookedAgents(hooked)
                .inbox(inbox)
                .home(home)
                .lifecycle(log)
                .clock(world.clock())
                .bindGuard(new PrivateBind())
                .onFatal(onFatal)
                .build();
    }

    /** Empty if the system has no such file; marks of earlier boots are then indistinguishable from those of this one. */
    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException absent) {
            return "";
        }
    }
}

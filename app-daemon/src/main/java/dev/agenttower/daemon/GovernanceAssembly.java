package dev.agenttower.daemon;

import dev.agenttower.core.bench.HostBench;
import dev.agenttower.core.governance.GovernanceException;
import dev.agenttower.core.governance.change.ApplicationSteps;
import dev.agenttower.core.governance.human.AgentProcesses;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.core.governance.registry.RegisteredProject;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.http.GovernanceServer;
import dev.agenttower.http.GovernanceServerBuilder;
import dev.agenttower.sqlite.SqliteStores;
import dev.agenttower.workspace.JacksonJson;
import dev.agenttower.workspace.ProjectWorkspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Joins governance and its adapters into a server of the HTTP socket. Not thread-safe. */
final class GovernanceAssembly {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final TowerPaths paths;
    private final OutsideWorld world;
    private final DaemonLog log;
    private final long uid;
    private final GovernedProjects projects;
    private final AgentProcesses agents;

    GovernanceAssembly(TowerPaths paths, OutsideWorld world, SqliteStores stores, DaemonLog log, long uid) {
        this.paths = paths;
        this.world = world;
        this.log = log;
        this.uid = uid;
        projects = new GovernedProjects(
                stores.projects(),
                new ProjectWorkspaces(world.clock(), ApplicationSteps.unobserved()),
                world.clock(),
                world.processes());
        agents = stores.agentProcesses(
                world.processes(),
                bootId(),
                world.hostBench().map(HostBench::id).map(id -> id.value()).orElse(""));
    }

    /** Finishes or undoes what a crash left in the projects. One that cannot be opened is not in the way of the others. */
    void recover() {
        for (RegisteredProject project : projects.list()) {
            try {
                projects.open(project);
            } catch (GovernanceException e) {
                log.failure("project " + project.name() + " is left alone", e);
            } catch (
                    RuntimeException
                            e) { // whatever is wrong with the files of one project, the daemon serves the others
                log.failure("project " + project.name() + " could not be recovered", e);
            }
        }
    }

    /** A server that does nothing yet. */
    GovernanceServer server(Consumer<Throwable> onFatal) {
        return new GovernanceServerBuilder(
                        paths.httpSocket(), projects, world.hostGate(), world.processes(), agents, uid)
                .daemon(ProcessHandle.current().pid())
                .passphrase(new PassphraseFile(paths.operatorPassphrase(), new JacksonJson(), uid))
                .workingDirectory(world.workingDirectory())
                .lifecycle(log)
                .clock(world.clock())
                .bindGuard(new PrivateBind())
                .onFatal(onFatal)
                .build();
    }

    /** Where the system has no such file, marks of processes of earlier runs of the machine are not told apart from those of this one. */
    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException absent) {
            return "";
        }
    }
}

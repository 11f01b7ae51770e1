package dev.agenttower.daemon;

import dev.agenttower.core.governance.hook.HookedAgents;
import dev.agenttower.core.inbox.Inbox;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.daemon.lifecycle.DaemonLock;
import dev.agenttower.daemon.lifecycle.Failures;
import dev.agenttower.daemon.lifecycle.Lifecycle;
import dev.agenttower.daemon.lifecycle.PathSafety;
import dev.agenttower.daemon.lifecycle.RunFolder;
import dev.agenttower.daemon.lifecycle.StaleFiles;
import dev.agenttower.daemon.lifecycle.StartFailure;
import dev.agenttower.daemon.lifecycle.StartStep;
import dev.agenttower.daemon.lifecycle.StopDeadline;
import dev.agenttower.daemon.lifecycle.StopSignals;
import dev.agenttower.daemon.lifecycle.StopTrigger;
import dev.agenttower.daemon.log.DaemonLog;
import dev.agenttower.daemon.log.WarningsToDaemonLog;
import dev.agenttower.daemon.settings.TomlSettings;
import dev.agenttower.daemon.world.OutsideWorld;
import dev.agenttower.daemon.world.StatusFacts;
import dev.agenttower.socket.server.TowerServer;
import dev.agenttower.socket.server.TowerServerBuilder;
import dev.agenttower.socket.server.status.DaemonIdentity;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.RegistryException;
import dev.agenttower.sqlite.database.UnsafePathException;
import dev.agenttower.unix.PrivateBind;
import dev.agenttower.unix.connection.ConnectionServer;
import dev.agenttower.unix.file.Inode;
import dev.agenttower.unix.file.LockedFile;
import dev.agenttower.unix.file.PrivateFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * One run of the daemon in this process, from the database to the released lock.
 *
 * <p>Only the lock determines whether a daemon is running. The order of all other steps ensures that, wherever a run is cut off, the next
 * one finds only leftovers that it can remove, and that no request is answered before pid file and ready line exist.
 */
final class Daemon {
    private final TowerPaths paths;
    private final Map<String, String> environment;
    private final OutsideWorld world;
    private final PrintStream err;
    private final long pid = ProcessHandle.current().pid();
    private final long uid = Inode.ownUid();
    private final PathSafety safety = new PathSafety(uid);

    /** A run with these paths. The caller closes the world. */
    Daemon(TowerPaths paths, Map<String, String> environment, OutsideWorld world, PrintStream err) {
        this.paths = paths;
        this.environment = environment;
        this.world = world;
        this.err = err;
    }

    /** Runs until a stop is requested; returns the exit code. */
    int run() {
        try {
            prepareRegistry();
            LockedFile lock = DaemonLock.take(paths.lock(), safety);
            try {
                world.reached(StartStep.LOCKED);
                safety.check(paths);
                return runLogged();
            } finally {
                lock.close();
            }
        } catch (StartFailure e) {
            return complain(e);
        }
    }

    private int complain(StartFailure failure) {
        err.println("error: " + failure.getMessage());
        return failure.exitCode();
    }

    private void prepareRegistry() {
        if (!Files.exists(paths.database())) {
            throw new StartFailure("agenttower is not initialized: state db missing at " + paths.database(), null);
        }
        try {
            Registry.prepare(paths.database());
        } catch (RegistryException e) {
            throw new StartFailure("open registry: " + paths.database() + ": " + e.getMessage(), e);
        } catch (UnsafePathException e) {
            throw new StartFailure("open registry: " + e.path() + ": " + e.reason(), e);
        }
    }

    private int runLogged() {
        try (DaemonLog log = DaemonLog.open(paths.daemonLog(), world.clock())) {
            WarningsToDaemonLog.redirect(log);
            Thread.setDefaultUncaughtExceptionHandler(
                    (thread, failure) -> log.failure("thread " + thread.getName() + " failed", failure));
            log.report(LifecycleEvent.DAEMON_STARTING, "pid", pid, "state_dir", paths.stateDir());
            world.announce(log);
            world.reached(StartStep.LOGGING);
            int exitCode = serve(log);
            log.report(LifecycleEvent.DAEMON_EXITED, "exit_code", exitCode);
            WarningsToDaemonLog.forget();
            return exitCode;
        } catch (IOException e) {
            throw new StartFailure("open log: " + paths.daemonLog() + ": " + Failures.reason(e), e);
        }
    }

    private int serve(DaemonLog log) {
        Lifecycle lifecycle = new Lifecycle();
        int exitCode;
        try {
            Instant startedAt = world.clock().instant();
            StopSignals.install(trigger -> stop(trigger, lifecycle, log));
            StaleFiles.remove(paths, log);
            world.reached(StartStep.RECOVERED);
            start(lifecycle, log, startedAt);
            StopTrigger trigger = lifecycle.awaitStop();
            log.report(LifecycleEvent.DAEMON_SHUTDOWN, "trigger", trigger.token());
            exitCode = trigger == StopTrigger.FAILURE ? StartFailure.FAILED : 0;
        } catch (StartFailure e) {
            log.report(LifecycleEvent.ERROR_FATAL, "reason", e.reason());
            exitCode = complain(e);
        } catch (IOException
                | RuntimeException e) { // a failed start prints one line for a person; the log has the details
            StartFailure failure = new StartFailure("start: " + Failures.reason(e), e);
            log.failure("the daemon cannot start", e);
            log.report(LifecycleEvent.ERROR_FATAL, "reason", failure.reason());
            exitCode = complain(failure);
        }
        return close(lifecycle, log, exitCode);
    }

    /** Requests a stop and starts its time limit. */
    private static void stop(StopTrigger trigger, Lifecycle lifecycle, DaemonLog log) {
        if (lifecycle.requestStop(trigger)) {
            new StopDeadline(lifecycle, log).start();
        }
    }

    private void start(Lifecycle lifecycle, DaemonLog log, Instant startedAt) throws IOException {
        TomlSettings settings = new TomlSettings(paths.configFile());
        requireValid(settings);
        TowerAssembly assembly = new TowerAssembly(lifecycle, paths, settings, world, log, userFallback(), uid);
        DaemonIdentity identity = new DaemonIdentity(
                pid,
                startedAt,
                paths.socket(),
                paths.stateDir(),
                assembly.stores().schemaVersion(),
                Version.current());
        GovernanceAssembly governance = new GovernanceAssembly(lifecycle, paths, world, assembly.stores(), log, uid);
        governance.markAgentsOf(assembly.tower());
        Inbox inbox = governance.inbox(assembly.tower());
        TowerServer server = new TowerServerBuilder(
                        assembly.tower(),
                        world.hostGate(),
                        identity,
                        new StatusFacts(
                                assembly.stores(),
                                assembly.events()::status,
                                assembly.tower().queue().audit(),
                                assembly.tower().routing().routes(),
                                assembly::isAuditLate),
                        uid)
                .startedByAgent(governance.descent()::isOfAgent)
                .inbox(inbox)
                .lifecycle(log)
                .eventSettings(settings.events())
                .clock(world.clock())
                .bindGuard(new PrivateBind())
                .onShutdownRequest(() -> stop(StopTrigger.API, lifecycle, log))
                .onFatal(failure -> {
                    log.failure("the socket cannot be served any longer", failure);
                    stop(StopTrigger.FAILURE, lifecycle, log);
                })
                .build();
        HookedAgents hooked = new HookedAgents(
                assembly::activeOnHost,
                assembly.tower().agentStates(),
                assembly.tower().queue().receipts()::hear);
        String home = environment.getOrDefault("HOME", "");
        assembly.watchStates(hooked, new ClientRecords(Path.of(home), world.processes()::isRunning));
        ConnectionServer http = governance.server(hooked, inbox, home, failure -> {
            log.failure("the HTTP socket cannot be served any longer", failure);
            stop(StopTrigger.FAILURE, lifecycle, log);
        });
        assembly.deliver();
        assembly.events().start();
        assembly.route();
        world.reached(StartStep.BUILT);
        lifecycle.own(http);
        bind(paths.httpSocket(), http::bind);
        // Closed first, because a missing socket must mean that the daemon no longer answers.
        lifecycle.own(server);
        bind(paths.socket(), server::bind);
        lifecycle.own(assembly.tower().events().following()::closeAll);
        openRunFolder(lifecycle, log);
        world.reached(StartStep.BOUND);
        writePidFile();
        lifecycle.own(() -> Files.deleteIfExists(paths.pidFile()));
        world.reached(StartStep.PID_WRITTEN);
        log.report(LifecycleEvent.DAEMON_READY, "socket", paths.socket(), "pid", pid);
        world.reached(StartStep.READY);
        server.start();
        http.start();
        lifecycle.started();
        world.reached(StartStep.ACCEPTING);
        assembly.follow();
        governance.follow();
    }

    private void writePidFile() throws IOException {
        Path file = paths.pidFile();
        if (!PrivateFiles.createFile(file, (pid + "\n").getBytes(StandardCharsets.US_ASCII))) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    // A container may have put any file into the folder; that must not prevent the daemon from serving the host.
    private void openRunFolder(Lifecycle lifecycle, DaemonLog log) {
        try {
            lifecycle.own(RunFolder.open(paths, safety));
        } catch (IOException | UncheckedIOException e) {
            log.failure("containers cannot reach the daemon through " + paths.runDir(), e);
        }
    }

    /** The user for containers that name none: {@code $USER}, else the name of the daemon's user. */
    private String userFallback() {
        String user = environment.getOrDefault("USER", "").strip();
        return user.isEmpty() ? System.getProperty("user.name", "") : user;
    }

    private static void requireValid(TomlSettings settings) {
        try {
            settings.events();
            settings.checkRules();
            settings.discovery();
        } catch (InvalidSettingsException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static void bind(Path socket, Binding binding) {
        try {
            binding.bind();
        } catch (IOException e) {
            String reason = Failures.reason(e);
            throw new StartFailure(
                    StartFailure.FAILED, "bind socket: %s: %s".formatted(socket, reason), "bind failed: " + reason, e);
        }
    }

    private int close(Lifecycle lifecycle, DaemonLog log, int exitCode) {
        // A failed start gets no stop request, but its stop needs the time limit, too.
        stop(StopTrigger.FAILURE, lifecycle, log);
        try {
            lifecycle.close();
            return exitCode;
        } catch (IllegalStateException e) {
            log.failure("the daemon could not close everything", e);
            return StartFailure.FAILED;
        }
    }

    /** Creates a socket. */
    @FunctionalInterface
    private interface Binding {
        void bind() throws IOException;
    }
}

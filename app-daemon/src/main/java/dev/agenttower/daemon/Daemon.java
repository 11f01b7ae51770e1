package dev.agenttower.daemon;

import dev.agenttower.core.Tower;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.socket.server.TowerServer;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.RegistryException;
import dev.agenttower.sqlite.UnsafePathException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * One run of the daemon in this process, from the database to the released lock.
 *
 * <p>The lock is the only authority on whether a daemon lives. Everything is made in such an order that, wherever a run is cut off, the next
 * one finds only what it can remove; and no request is answered before pid file and ready line exist.
 */
final class Daemon {
    private final TowerPaths paths;
    private final Map<String, String> environment;
    private final OutsideWorld world;
    private final PrintStream err;
    private final long pid = ProcessHandle.current().pid();
    private final long uid = Posix.geteuid();
    private final PathSafety safety = new PathSafety(uid);

    /** A run over these paths. */
    Daemon(TowerPaths paths, Map<String, String> environment, OutsideWorld world, PrintStream err) {
        this.paths = paths;
        this.environment = environment;
        this.world = world;
        this.err = err;
    }

    /** Runs until the end is asked for; gives the exit code. */
    int run() {
        try {
            prepareRegistry();
            try (DaemonLock lock = DaemonLock.take(paths.lock(), safety)) {
                world.reached(StartStep.LOCKED);
                safety.check(paths);
                return runLocked();
            }
        } catch (StartFailure e) {
            err.println("error: " + e.getMessage());
            return e.exitCode();
        }
    }
}

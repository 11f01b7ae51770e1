package dev.agenttower.cli.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.socket.client.DaemonClient;
import dev.agenttower.socket.client.DaemonErrorException;
import dev.agenttower.socket.client.Timeouts;
import dev.agenttower.socket.client.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a daemon answers on the socket of the state directory.
 *
 * <p>A daemon that answers wins before any check. Otherwise the folders are checked, and within one budget of time the daemon is
 * started, waited for, and started again if it lost a race against one that was on its way out. Safe against any number of others that do
 * the same at the same time.
 */
public final class DaemonStart {
    private static final Timeouts PING = new Timeouts(Duration.ofMillis(500), Duration.ofMillis(500));
    private static final int LOCK_LOST = 2;
    private static final int MAX_STARTS = 5;

    private final TowerPaths paths;
    private final String program;
    private final Map<String, String> environment;
    private final Duration budget;
    private final Duration pause;
    private @Nullable DaemonProcess child;
    private int starts;

    /**
     * Prepares a start.
     *
     * @param program the daemon's launcher
     * @param environment what the daemon is started with
     * @param budget how long the daemon may take until it answers
     * @param pause between two looks
     */
    public DaemonStart(
            TowerPaths paths, String program, Map<String, String> environment, Duration budget, Duration pause) {
        this.paths = requireNonNull(paths, "paths");
        this.program = requireNonNull(program, "program");
        this.environment = Map.copyOf(environment);
        this.budget = requireNonNull(budget, "budget");
        this.pause = requireNonNull(pause, "pause");
    }

    /** How it ended. */
    public sealed interface Outcome {
        /**
         * A daemon answers.
         *
         * @param started whether it is the one that was started here
         */
        record Ready(boolean started) implements Outcome {}

        /**
         * A folder of the daemon is not safe to use.
         *
         * @param message path and reason
         */
        record UnsafeFolder(String message) implements Outcome {}

        /**
         * The lock cannot be used.
         *
         * @param message path and reason
         */
        record UnusableLock(String message) implements Outcome {}

        /**
         * The daemon cannot be started, or ended before it answered.
         *
         * @param message one or more lines
         */
        record Ended(String message) implements Outcome {}

        /** The budget is used up. */
        record Late() implements Outcome {}
    }

    /** Does it. */
    public Outcome run() {
        try (DaemonClient client = new DaemonClient(paths.socket())) {
            return answers(client) ? new Outcome.Ready(false) : start(client);
        }
    }

    private Outcome start(DaemonClient client) {
        try {
            StateCheck.folders(paths);
        } catch (UnusableFileException e) {
            return new Outcome.UnsafeFolder(e.path() + ": " + e.reason());
        }
        try {
            StateCheck.lock(paths.lock());
        } catch (UnusableFileException e) {
            return new Outcome.UnusableLock(e.path() + ": " + e.reason());
        }
        try (StartTurn turn = new StartTurn(paths.stateDir())) {
            return untilReady(client, turn);
        } catch (IOException e) {
            return new Outcome.Ended("cannot start \"" + program + "\": " + UnusableFileException.reasonOf(e));
        } catch (UnusableFileException e) {
            return new Outcome.Ended("cannot start \"" + program + "\": " + e.getMessage());
        }
    }

    private Outcome untilReady(DaemonClient client, StartTurn turn) throws IOException {
        long deadline = System.nanoTime() + budget.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (answers(client)) {
                return new Outcome.Ready(child != null && child.isAlive());
            }
            @Nullable Outcome end = startUnlessRunning(turn);
            if (end != null) {
                return end;
            }
            if (!pause()) {
                break;
            }
        }
        if (child != null && child.isAlive()) {
            child.terminate();
        }
        return new Outcome.Late();
    }

    private @Nullable Outcome startUnlessRunning(StartTurn turn) throws IOException {
        if (child != null && child.isAlive()) {
            return null;
        }
        if (child != null && child.exitStatus() != LOCK_LOST) {
            return new Outcome.Ended("agenttowerd exited before ready (code=" + child.exitStatus() + "); "
                    + paths.daemonLog() + " says:\n" + child.lastWords());
        }
        if (starts < MAX_STARTS && !LockProbe.isHeld(paths.lock()) && turn.take()) {
            child = DaemonProcess.start(program, environment, paths.daemonLog());
            starts++;
        }
        return null;
    }

    // An error is an answer, too: somebody is alive there.
    private boolean answers(DaemonClient client) {
        if (!Files.exists(paths.socket())) {
            return false;
        }
        try {
            client.call("ping", null, PING);
            return true;
        } catch (DaemonErrorException e) {
            return true;
        } catch (TransportException e) {
            return false;
        }
    }

    private boolean pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

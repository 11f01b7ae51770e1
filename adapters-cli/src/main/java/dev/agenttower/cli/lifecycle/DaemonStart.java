package dev.agenttower.cli.lifecycle;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.DaemonClient;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.Timeouts;
import dev.agenttower.client.TransportException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.settings.TowerPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a daemon answers on the socket of the state directory.
 *
 * <p>A daemon that answers is accepted without further checks. Otherwise this checks the folders, waits for the end of a daemon that is
 * stopping, starts a new one and waits for it, and starts again after a lost race. Safe with any number of concurrent callers and
 * processes.
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
     * @param environment the environment of the daemon
     * @param budget the time limit until the daemon answers
     * @param pause the time between two checks
     */
    public DaemonStart(
            TowerPaths paths, String program, Map<String, String> environment, Duration budget, Duration pause) {
        this.paths = requireNonNull(paths, "paths");
        this.program = requireNonNull(program, "program");
        this.environment = Map.copyOf(environment);
        this.budget = requireNonNull(budget, "budget");
        this.pause = requireNonNull(pause, "pause");
    }

    /** The result. */
    public sealed interface Outcome {
        /**
         * A daemon answers.
         *
         * @param started whether this call started it
         * @param pid its process id
         */
        record Ready(boolean started, long pid) implements Outcome {}

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

    /** Starts the daemon if necessary. */
    public Outcome run() {
        try (DaemonClient client = new DaemonClient(paths.socket())) {
            OptionalLong pid = answering(client);
            return pid.isPresent() ? new Outcome.Ready(false, pid.getAsLong()) : start(client);
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
            OptionalLong pid = answering(client);
            if (pid.isPresent()) {
                return new Outcome.Ready(child != null && child.isAlive(), pid.getAsLong());
            }
            boolean isFirst = starts == 0;
            @Nullable Outcome end = startUnlessRunning(turn);
            if (end != null) {
                return end;
            }
            if (isFirst && starts > 0) {
                // The wait for the end of a previous daemon does not count against the budget.
                deadline = System.nanoTime() + budget.toNanos();
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

    /** The process id of a daemon that answers. Empty for a daemon that is stopping, or that does not report its id. */
    private OptionalLong answering(DaemonClient client) {
        if (!Files.exists(paths.socket())) {
            return OptionalLong.empty();
        }
        try {
            client.call("ping", null, PING);
        } catch (DaemonErrorException e) {
            // Any other error is an answer, too: a daemon is running.
            if (e.code().equals(ErrorCode.DAEMON_SHUTTING_DOWN.wire())) {
                return OptionalLong.empty();
            }
        } catch (TransportException e) {
            return OptionalLong.empty();
        }
        return pid(client);
    }

    private OptionalLong pid(DaemonClient client) {
        try {
            JsonNode pid = client.call("status", null, Timeouts.SHORT).path("pid");
            if (pid.isIntegralNumber()) {
                return OptionalLong.of(pid.longValue());
            }
        } catch (DaemonException e) {
            // The status call may fail because of the database; the pid file exists while the daemon runs.
        }
        if (!Files.isRegularFile(paths.pidFile())) {
            return OptionalLong.empty();
        }
        try {
            String pid = Files.readString(paths.pidFile(), StandardCharsets.US_ASCII);
            return OptionalLong.of(Long.parseLong(pid.strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
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

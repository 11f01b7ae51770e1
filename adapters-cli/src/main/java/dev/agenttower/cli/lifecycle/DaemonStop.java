package dev.agenttower.cli.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.agenttower.client.DaemonClient;
import dev.agenttower.client.Timeouts;
import dev.agenttower.client.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests the daemon behind a socket to stop, and waits for its end.
 *
 * <p>Its process is the holder of the state directory's lock. Inside a container the lock cannot be seen; there, a removed socket counts as
 * the end.
 */
public final class DaemonStop {
    /** A daemon ends within four seconds of the request, whatever hangs; a busy machine adds a delay. */
    private static final Duration PROCESS_BUDGET = Duration.ofSeconds(8);

    /** Longer than {@code ensure-daemon} holds its {@link StartTurn}. */
    private static final Duration START_BUDGET = Duration.ofSeconds(10);

    private static final Duration SOCKET_BUDGET = Duration.ofSeconds(3);
    private static final Timeouts PROBE = new Timeouts(Duration.ofMillis(100), Duration.ofMillis(100));
    private static final long PAUSE_MILLIS = 20;
    private static final String LOCK = "agenttowerd.lock";

    private final DaemonClient client;

    /** Prepares a stop. */
    public DaemonStop(DaemonClient client) {
        this.client = requireNonNull(client, "client");
    }

    /** The result. */
    public sealed interface Outcome {
        /** The daemon has ended. */
        record Ended() implements Outcome {}

        /** No daemon is running. */
        record NotRunning() implements Outcome {}

        /** The daemon accepted the request but still listens. */
        record SocketStays() implements Outcome {}

        /**
         * The process is still running.
         *
         * @param pid its process id
         */
        record ProcessStays(long pid) implements Outcome {}
    }

    /**
     * Stops the daemon. Waits for a daemon that is starting or stopping, and so does not answer.
     *
     * @throws dev.agenttower.client.DaemonErrorException if the daemon refuses
     */
    public Outcome run() {
        @Nullable ObservedProcess running = daemon();
        boolean isRequested = requestStop();
        @Nullable ObservedProcess daemon = running == null && !isRequested ? daemonBeingStarted() : running;
        if (daemon != null) {
            boolean[] requested = {isRequested};
            boolean hasEnded = isTrueWithin(PROCESS_BUDGET, () -> {
                requested[0] = requested[0] || requestStop();
                return daemon.hasEnded();
            });
            return hasEnded ? new Outcome.Ended() : new Outcome.ProcessStays(daemon.pid());
        }
        if (!isRequested) {
            return new Outcome.NotRunning();
        }
        return isTrueWithin(SOCKET_BUDGET, this::isSocketGone) ? new Outcome.Ended() : new Outcome.SocketStays();
    }

    private boolean requestStop() {
        try {
            client.call("shutdown", null, Timeouts.SHORT);
            return true;
        } catch (TransportException e) {
            return false;
        }
    }

    /** The starting daemon, once it has its lock; null if none is starting. */
    private @Nullable ObservedProcess daemonBeingStarted() {
        @Nullable ObservedProcess[] daemon = {null};
        isTrueWithin(START_BUDGET, () -> {
            // A start ends only after the daemon has its lock, so checking the start first misses no daemon.
            boolean isStarting = StartTurn.isTaken(stateDir()) || LaunchedDaemon.isThere(stateDir());
            daemon[0] = daemon();
            return daemon[0] != null || !isStarting;
        });
        return daemon[0];
    }

    private @Nullable ObservedProcess daemon() {
        OptionalLong holder = LockProbe.holder(stateDir().resolve(LOCK));
        return holder.isPresent() ? ObservedProcess.of(holder.getAsLong()) : null;
    }

    // The socket's folder, or the parent of that folder for the socket's second name.
    private Path stateDir() {
        Path socket = client.socket().toAbsolutePath();
        try {
            socket = socket.toRealPath();
        } catch (IOException e) {
            // A stopping daemon has already removed it.
        }
        @Nullable Path folder = socket.getParent();
        if (folder == null) {
            return socket;
        }
        @Nullable Path above = folder.getParent();
        return above != null && folder.endsWith("run") && Files.exists(above.resolve(LOCK)) ? above : folder;
    }

    private boolean isSocketGone() {
        if (!Files.exists(client.socket())) {
            return true;
        }
        try {
            client.connect(PROBE).close();
            return false;
        } catch (TransportException e) {
            return true;
        }
    }

    private static boolean isTrueWithin(Duration budget, BooleanSupplier condition) {
        long deadline = System.nanoTime() + budget.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}

package dev.agenttower.daemon.lifecycle;

import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.daemon.log.DaemonLog;
import java.time.Duration;

/**
 * Ends the process if a stop takes too long, because of a request, a part that does not close, or the end of the JVM itself. The next start
 * cleans up as after a crash.
 */
public final class StopDeadline {
    /** The time limit of a stop; requests in progress have two seconds of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration PATIENCE_WITH_LOG = Duration.ofMillis(250);

    private final Lifecycle lifecycle;
    private final DaemonLog log;

    public StopDeadline(Lifecycle lifecycle, DaemonLog log) {
        this.lifecycle = lifecycle;
        this.log = log;
    }

    /** Starts the time limit. It cannot be cancelled. */
    public void start() {
        thread("stop-deadline", this::await);
    }

    private void await() {
        try {
            Thread.sleep(PATIENCE.toMillis());
            // The disk itself may hang.
            thread("stop-report", this::report).join(PATIENCE_WITH_LOG.toMillis());
        } catch (InterruptedException e) {
            // Not expected; ends the process at once.
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(StartFailure.FAILED);
        }
    }

    private void report() {
        AutoCloseable part = lifecycle.beingClosed();
        String what = "still " + lifecycle.state() + (part == null ? "" : " (" + part + ")");
        log.note(
                "error",
                "agenttowerd",
                what + " " + PATIENCE.toSeconds() + " s after a stop was asked for; ending at once",
                "");
        log.report(LifecycleEvent.DAEMON_EXITED, "exit_code", StartFailure.FAILED);
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}

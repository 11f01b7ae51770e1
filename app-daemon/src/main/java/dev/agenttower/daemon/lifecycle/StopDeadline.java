package dev.agenttower.daemon.lifecycle;

import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.daemon.log.DaemonLog;
import java.time.Duration;

/**
 * Ends the process when a stop takes too long, whatever hangs: a request, a part that does not close, or the end of the JVM itself. The next
 * start finds what a crash leaves, and removes it.
 */
public final class StopDeadline {
    /** How long a stop may take; what is under way has two seconds of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration PATIENCE_WITH_LOG = Duration.ofMillis(250);

    private final Lifecycle lifecycle;
    private final DaemonLog log;

    public StopDeadline(Lifecycle lifecycle, DaemonLog log) {
        this.lifecycle = lifecycle;
        this.log = log;
    }

    /** Begins to count. Nothing ends it but the process. */
    public void start() {
        thread("stop-deadline", this::await);
    }

    private void await() {
        try {
            Thread.sleep(PATIENCE.toMillis());
            // The disk may be what hangs.
            thread("stop-report", this::report).join(PATIENCE_WITH_LOG.toMillis());
        } catch (InterruptedException e) {
            // Nobody interrupts it; and if somebody did, ending at once is what is left to do.
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

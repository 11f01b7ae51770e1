package dev.agenttower.core.event;

import dev.agenttower.core.event.LogNotices.Awakening;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a reader in a thread of its own: at once when a log changes, and as a whole every so often. Started and closed once each; thread-safe.
 */
public final class EventWorker implements AutoCloseable {
    private static final long END_SECONDS = 5;

    private final EventReader reader;
    private final LogNotices notices;
    private final long periodNanos;
    private final LongSupplier ticker;
    private final ThreadFactory threads;
    private final Consumer<Throwable> onFailure;
    private volatile boolean isClosed;
    private volatile @Nullable Thread thread;

    /**
     * A worker that does not run yet.
     *
     * @param period between the beginnings of two whole cycles
     * @param ticker real time, in nanoseconds from any origin
     * @param threads creates the one thread
     * @param onFailure receives what ended a cycle; the next one comes
     */
    public EventWorker(
            EventReader reader,
            LogNotices notices,
            Duration period,
            LongSupplier ticker,
            ThreadFactory threads,
            Consumer<Throwable> onFailure) {
        this.reader = reader;
        this.notices = notices;
        this.periodNanos = period.toNanos();
        this.ticker = ticker;
        this.threads = threads;
        this.onFailure = onFailure;
    }

    /** Starts to read. */
    public synchronized void start() {
        if (thread != null || isClosed) {
            throw new IllegalStateException("the worker was started or closed before");
        }
        Thread started = threads.newThread(this::run);
        thread = started;
        started.start();
    }

    /** The state of the reader. */
    public ReaderStatus status() {
        Thread started = thread;
        return reader.status().running(started != null && started.isAlive() && !isClosed);
    }

    private void run() {
        long due = ticker.getAsLong();
        while (!isClosed) {
            long pause = reader.isBehind() ? 0 : Math.max(0, due - ticker.getAsLong());
            Awakening awakening = pause == 0 ? Awakening.NONE : notices.await(Duration.ofNanos(pause));
            if (isClosed) {
                break;
            }
            boolean isWhole = awakening.isGeneral() || ticker.getAsLong() - due >= 0;
            due = isWhole ? ticker.getAsLong() + periodNanos : due;
            guarded(isWhole ? this::wholeCycle : () -> reader.cycle(awakening.changed()));
        }
        guarded(reader::finish);
    }

    private void wholeCycle() {
        reader.cycle();
        notices.follow(reader.paths());
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) { // the outermost frame of the thread: a failed cycle must not end it
            onFailure.accept(e);
        }
    }

    /** Lets the cycle in progress end, stores open windows, and waits for that at most five seconds. */
    @Override
    public void close() {
        isClosed = true;
        notices.close();
        Thread started = thread;
        if (started == null) {
            return;
        }
        try {
            started.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.agenttower.core.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time passes only when it is told so; everything runs in the thread that tells. Not thread-safe. */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final List<Entry> entries = new ArrayList<>();
    private long now;
    private long sequence;
    private boolean shutdown;

    /** A scheduler without tasks. */
    public ManualScheduler() {}

    /** Lets time pass and runs what falls due, in order. */
    public void advance(Duration time) {
        long end = now + time.toNanos();
        for (Optional<Entry> due = nextDue(end); due.isPresent(); due = nextDue(end)) {
            Entry entry = due.get();
            now = Math.max(now, entry.time);
            entries.remove(entry);
            entry.begin();
        }
        now = end;
    }

    /** How many tasks wait, periodic ones included. */
    public int waiting() {
        entries.removeIf(Entry::isCancelled);
        return entries.size();
    }

    private Optional<Entry> nextDue(long end) {
        entries.removeIf(Entry::isCancelled);
        return entries.stream().filter(entry -> entry.time <= end).min(Comparator.naturalOrder());
    }

    private Entry add(Callable<?> task, long delay, long period, TimeUnit unit) {
        if (shutdown) {
            throw new RejectedExecutionException("shut down");
        }
        Entry entry = new Entry(task, now + unit.toNanos(delay), unit.toNanos(period), sequence++);
        entries.add(entry);
        return entry;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(callable(command), delay, 0, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        return add(callable(command), initial, delay, unit);
    }

    private static Callable<?> callable(Runnable command) {
        return () -> {
            command.run();
            return true;
        };
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        entries.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    /** A task and when it is due. As in the JDK's schedulers, a periodic task that throws is not run again. */
    private final class Entry extends FutureTask<Object> implements ScheduledFuture<Object> {
        private final long period;
        private final long order;
        private long time;

        Entry(Callable<?> task, long time, long period, long order) {
            super(task::call);
            this.time = time;
            this.period = period;
            this.order = order;
        }

        void begin() {
            if (period == 0) {
                run();
            } else if (runAndReset()) {
                time = now + period;
                entries.add(this);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(time - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Entry that = (Entry) other;
            return time == that.time ? Long.compare(order, that.order) : Long.compare(time, that.time);
        }
    }
}

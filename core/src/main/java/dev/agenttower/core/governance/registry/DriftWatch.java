package dev.agenttower.core.governance.registry;

import dev.agenttower.core.governance.drift.PathChanges;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the sovereign files of all registered projects: opens each project, watches its files, and compares them after each signal and
 * periodically.
 *
 * <p>At most one comparison of each project runs and one waits, so the executor gets at most two tasks for each project. A project whose files
 * block occupies one thread of the executor. Thread-safe.
 */
public final class DriftWatch implements AutoCloseable {
    private final GovernedProjects projects;
    private final PathChanges changes;
    private final ScheduledExecutorService executor;
    private final Duration period;
    private final BiConsumer<String, RuntimeException> troubles;
    private final Map<RegisteredProject, ProjectWatch> watches = new HashMap<>();
    private @Nullable Future<?> rounds;
    private boolean isClosed;

    /**
     * A watch that is not started.
     *
     * @param executor owned by the caller
     * @param period the time between periodic comparisons
     * @param troubles receives what cannot be watched and the failure; for a project, once for each new reason
     */
    public DriftWatch(
            GovernedProjects projects,
            PathChanges changes,
            ScheduledExecutorService executor,
            Duration period,
            BiConsumer<String, RuntimeException> troubles) {
        this.projects = projects;
        this.changes = changes;
        this.executor = executor;
        this.period = period;
        this.troubles = troubles;
    }

    /** Starts watching. Opening the projects also recovers changes that a crash interrupted in them, each project independently. */
    public void start() {
        projects.whenChanged(() -> {
            try {
                executor.execute(this::round);
            } catch (RejectedExecutionException stopped) {
                // the executor is shut down
            }
        });
        synchronized (watches) {
            rounds = executor.scheduleWithFixedDelay(this::round, 0, period.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void round() {
        try {
            watch(projects.list());
        } catch (RuntimeException e) {
            // the outermost frame of a round: a fault in one round must not prevent the next
            troubles.accept("the list of projects", e);
        }
    }

    private void watch(List<RegisteredProject> registered) {
        synchronized (watches) {
            if (isClosed) {
                return;
            }
            watches.entrySet().removeIf(watch -> {
                boolean isGone = !registered.contains(watch.getKey());
                if (isGone) {
                    watch.getValue().close();
                }
                return isGone;
            });
            registered.forEach(project -> watches.computeIfAbsent(
                            project, added -> new ProjectWatch(projects, added, changes, executor, troubles))
                    .renew());
        }
    }

    /** Stops watching. A running comparison completes. */
    @Override
    public void close() {
        synchronized (watches) {
            isClosed = true;
            if (rounds != null) {
                rounds.cancel(false);
            }
            watches.values().forEach(ProjectWatch::close);
            watches.clear();
        }
    }
}

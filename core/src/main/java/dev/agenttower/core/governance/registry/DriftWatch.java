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
 * Watches over the sovereign files of all registered projects: opens each project, follows its files, and compares them when something may have
 * changed, and from time to time without a hint.
 *
 * <p>Of each project one comparison at most runs and one waits, so the executor is never asked for more than two tasks a project. A project
 * whose files hang keeps one thread of the executor. Thread-safe.
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
     * A watch that does nothing yet.
     *
     * @param executor belongs to the caller
     * @param period how long to go without a hint
     * @param troubles is told what cannot be watched over, and why; of a project once for each new reason
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

    /** Begins. What a crash left in the projects is finished or undone by this, too, each project on its own. */
    public void start() {
        projects.whenChanged(() -> {
            try {
                executor.execute(this::round);
            } catch (RejectedExecutionException stopped) {
                // the owner of the executor has ended everything
            }
        });
        synchronized (watches) {
            rounds = executor.scheduleWithFixedDelay(this::round, 0, period.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void round() {
        try {
            watchOver(projects.list());
        } catch (
                RuntimeException
                        e) { // the outermost frame of a round: whatever is wrong with this one, the next one comes
            troubles.accept("the list of projects", e);
        }
    }

    private void watchOver(List<RegisteredProject> registered) {
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

    /** Ends it; a comparison that is under way ends by itself. */
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

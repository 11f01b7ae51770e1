package dev.agenttower.core.governance.registry;

import dev.agenttower.core.governance.drift.PathChanges;
import dev.agenttower.core.governance.drift.SovereignDrift;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Watches the sovereign files of one project. Requests during a comparison are merged into one further comparison. Thread-safe. */
final class ProjectWatch implements AutoCloseable {
    private static final int MOST_TURNS = 3;

    private final GovernedProjects projects;
    private final RegisteredProject project;
    private final PathChanges changes;
    private final Executor executor;
    private final BiConsumer<String, RuntimeException> troubles;
    private PathChanges.@Nullable Following following;
    private Set<String> followed = Set.of();
    private @Nullable String trouble;
    private boolean isRequested;
    private boolean isRenewalRequested;
    private boolean isRunning;
    private boolean isClosed;

    ProjectWatch(
            GovernedProjects projects,
            RegisteredProject project,
            PathChanges changes,
            Executor executor,
            BiConsumer<String, RuntimeException> troubles) {
        this.projects = projects;
        this.project = project;
        this.changes = changes;
        this.executor = executor;
        this.troubles = troubles;
    }

    /** Requests a comparison. */
    void compare() {
        request(false);
    }

    /** Requests a comparison with all paths watched anew, since folders may have reappeared without a signal. */
    void renew() {
        request(true);
    }

    private void request(boolean renewal) {
        synchronized (this) {
            isRequested = true;
            isRenewalRequested |= renewal;
            if (isClosed || isRunning) {
                return;
            }
            isRunning = true;
        }
        execute();
    }

    private void execute() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException stopped) {
            close(); // the executor is shut down
        }
    }

    private void run() {
        boolean isRenewal;
        synchronized (this) {
            isRequested = false;
            isRenewal = isRenewalRequested;
            isRenewalRequested = false;
        }
        try {
            check(isRenewal);
            trouble = null;
        } catch (RuntimeException e) {
            // the outermost frame of this work: a fault of one project must not prevent the next comparison
            String reason = e.toString();
            if (!reason.equals(trouble)) {
                trouble = reason;
                troubles.accept("project " + project.name(), e);
            }
        } finally {
            if (isAgain()) {
                execute();
            }
        }
    }

    private synchronized boolean isAgain() {
        isRunning = isRequested && !isClosed;
        return isRunning;
    }

    private void check(boolean renewal) {
        GovernedProject opened = projects.open(project);
        SovereignDrift drift = opened.drift();
        Set<String> paths = drift.paths();
        if (renewal) {
            follow(paths);
        }
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            if (!paths.equals(followed)) {
                follow(paths);
            }
            // after the paths are watched, so that no change is missed
            opened.check();
            paths = drift.paths();
            if (paths.equals(followed)) {
                return;
            }
        }
    }

    private void follow(Set<String> paths) {
        PathChanges.Following next = changes.follow(project.path(), paths, this::compare);
        PathChanges.Following last;
        synchronized (this) {
            last = isClosed ? next : following;
            following = isClosed ? null : next;
            followed = paths;
        }
        if (last != null) {
            last.close();
        }
    }

    /** Stops watching. */
    @Override
    public void close() {
        PathChanges.Following last;
        synchronized (this) {
            isClosed = true;
            last = following;
            following = null;
        }
        if (last != null) {
            last.close();
        }
    }
}

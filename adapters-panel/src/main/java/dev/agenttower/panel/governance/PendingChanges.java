package dev.agenttower.panel.governance;

import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.client.governance.change.ChangeFilter;
import dev.agenttower.client.governance.project.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The changes of all projects that wait for the human, as the daemon last told. One thread asks it, and tells listeners when they differ or
 * when the daemon stops or starts to answer. Thread-safe.
 */
public final class PendingChanges implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final GovernanceClient daemon;
    private final Set<Consumer<PendingChanges>> listeners = ConcurrentHashMap.newKeySet();
    private final Thread watch = new Thread(this::watch, "panel-pending");
    private volatile Seen seen = new Seen(List.of(), List.of(), false);

    /** Changes that are not watched yet. */
    public PendingChanges(GovernanceClient daemon) {
        this.daemon = daemon;
        watch.setDaemon(true);
    }

    private record Seen(List<PendingChange> changes, List<String> unreadable, boolean isDaemonDown) {}

    /** Starts to ask. */
    public void start() {
        watch.start();
    }

    /** Their number. */
    public int count() {
        return seen.changes.size();
    }

    /** Whether the daemon did not answer last. */
    public boolean isDaemonDown() {
        return seen.isDaemonDown;
    }

    /** Adds a listener, which is called on the thread that asks and must not block; what it throws removes it. */
    public void listen(Consumer<PendingChanges> listener) {
        listeners.add(listener);
    }

    /** Removes a listener. */
    public void forget(Consumer<PendingChanges> listener) {
        listeners.remove(listener);
    }

    /** The changes, newest first. */
    List<PendingChange> list() {
        return seen.changes;
    }

    /** The projects whose changes could not be read. */
    List<String> unreadable() {
        return seen.unreadable;
    }

    /** Asks the daemon now. */
    void refresh() {
        Seen next = look();
        Seen last;
        synchronized (this) {
            last = seen;
            seen = next;
        }
        if (!next.equals(last)) {
            listeners.forEach(listener -> listener.accept(this));
        }
    }

    private Seen look() {
        try {
            List<PendingChange> changes = new ArrayList<>();
            List<String> unreadable = new ArrayList<>();
            for (Project project : daemon.projects()) {
                try {
                    daemon.inProject(project.name())
                            .changeSummaries(ChangeFilter.PENDING)
                            .forEach(change -> changes.add(new PendingChange(project.name(), change)));
                } catch (GovernanceRefusedException e) {
                    unreadable.add(project.name());
                }
            }
            changes.sort(Comparator.<PendingChange, String>comparing(
                            pending -> pending.change().submittedAt())
                    .reversed());
            return new Seen(List.copyOf(changes), List.copyOf(unreadable), false);
        } catch (DaemonException unanswered) {
            return new Seen(seen.changes, seen.unreadable, true);
        }
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                refresh();
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}

package dev.agenttower.core.pane;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pane changes signaled by method calls. Thread-safe. */
public final class InMemoryPaneChanges implements PaneChanges {
    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    /** A source without listeners. */
    public InMemoryPaneChanges() {}

    @Override
    public Subscription watch(BenchTarget target, Runnable changed) {
        Watch watch = new Watch(target, changed);
        watches.add(watch);
        return () -> watches.remove(watch);
    }

    /** Signals that panes of a container may have changed. */
    public synchronized void change(ContainerId bench) {
        watches.stream().filter(watch -> watch.target.container().equals(bench)).forEach(watch -> watch.changed.run());
    }

    /** The watched containers, in the order the watches began. */
    public List<BenchTarget> watched() {
        return watches.stream().map(watch -> watch.target).toList();
    }

    private static final class Watch {
        private final BenchTarget target;
        private final Runnable changed;

        Watch(BenchTarget target, Runnable changed) {
            this.target = target;
            this.changed = changed;
        }
    }
}

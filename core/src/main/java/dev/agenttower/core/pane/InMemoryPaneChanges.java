package dev.agenttower.core.pane;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Changes of panes that are told to it. Thread-safe. */
public final class InMemoryPaneChanges implements PaneChanges {
    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    /** A source that nobody watches yet. */
    public InMemoryPaneChanges() {}

    @Override
    public Subscription watch(BenchTarget target, Runnable changed) {
        Watch watch = new Watch(target, changed);
        watches.add(watch);
        return () -> watches.remove(watch);
    }

    /** Tells that panes of a bench may have changed. */
    public synchronized void change(ContainerId bench) {
        watches.stream().filter(watch -> watch.target.container().equals(bench)).forEach(watch -> watch.changed.run());
    }

    /** What is being watched, in the order the watches began. */
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

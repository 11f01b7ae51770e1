package dev.agenttower.core.discovery;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneChanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The watches of panes, one for each watched bench container. {@link #follow} is called from one thread at a time; closing may happen
 * concurrently.
 */
final class BenchWatches implements AutoCloseable {
    private final PaneChanges source;
    private final Consumer<ContainerId> changed;
    private final Map<ContainerId, Watch> watches = new HashMap<>();
    private boolean closed;

    BenchWatches(PaneChanges source, Consumer<ContainerId> changed) {
        this.source = source;
        this.changed = changed;
    }

    /**
     * Watches exactly these containers from now on.
     *
     * @param broken containers whose existing watch is unreliable and is replaced
     * @return the containers whose watch began or ended
     */
    Set<ContainerId> follow(List<BenchTarget> targets, Set<ContainerId> broken) {
        Set<ContainerId> news = new HashSet<>();
        Map<ContainerId, BenchTarget> wanted = new HashMap<>();
        targets.forEach(target -> wanted.put(target.container(), target));
        for (Watch watch : current()) {
            ContainerId bench = watch.target.container();
            if (broken.contains(bench) || !watch.target.equals(wanted.get(bench))) {
                remove(bench);
                watch.subscription.close();
                news.add(bench);
            }
        }
        for (BenchTarget target : targets) {
            if (!isWatched(target.container())) {
                begin(target);
                news.add(target.container());
            }
        }
        return news;
    }

    /** The watched containers. */
    synchronized Set<ContainerId> watched() {
        return Set.copyOf(watches.keySet());
    }

    @Override
    public void close() {
        List<Watch> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(watches.values());
            watches.clear();
        }
        open.forEach(watch -> watch.subscription.close());
    }

    // The source is called outside the lock, since it may block.
    private void begin(BenchTarget target) {
        Subscription subscription = source.watch(target, () -> changed.accept(target.container()));
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                watches.put(target.container(), new Watch(target, subscription));
            }
        }
        if (late) {
            subscription.close();
        }
    }

    private synchronized List<Watch> current() {
        return new ArrayList<>(watches.values());
    }

    private synchronized boolean isWatched(ContainerId bench) {
        return watches.containsKey(bench);
    }

    private synchronized @Nullable Watch remove(ContainerId bench) {
        return watches.remove(bench);
    }

    private record Watch(BenchTarget target, Subscription subscription) {}
}

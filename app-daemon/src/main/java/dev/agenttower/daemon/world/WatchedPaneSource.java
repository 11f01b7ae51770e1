package dev.agenttower.daemon.world;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A pane source that remembers the containers in which no tmux server answered the last scan. Thread-safe. */
public final class WatchedPaneSource implements PaneSource {
    private final PaneSource source;
    private final Map<ContainerId, String> troubles = new ConcurrentHashMap<>();

    /** Wraps this source. */
    public WatchedPaneSource(PaneSource source) {
        this.source = source;
    }

    @Override
    public BenchPanes list(BenchTarget target) {
        BenchPanes panes = source.list(target);
        String trouble = trouble(panes);
        if (trouble.isEmpty()) {
            troubles.remove(target.container());
        } else {
            troubles.put(target.container(), target.name() + ": " + trouble);
        }
        return panes;
    }

    /** The failures in these containers; those of others are forgotten. */
    Map<ContainerId, String> troublesAmong(Set<ContainerId> benches) {
        troubles.keySet().retainAll(benches);
        return Map.copyOf(troubles);
    }

    boolean isUntroubled() {
        return troubles.isEmpty();
    }

    private static String trouble(BenchPanes panes) {
        if (panes instanceof BenchPanes.Unreachable unreachable) {
            return unreachable.message();
        }
        String trouble = "";
        if (panes instanceof BenchPanes.Listed listed) {
            for (BenchPanes.SocketPanes socket : listed.sockets()) {
                if (!(socket.outcome() instanceof BenchPanes.Failed failed)) {
                    return "";
                }
                trouble = failed.message();
            }
        }
        return trouble;
    }
}

package dev.agenttower.daemon.world;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.text.Text;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The health of pane discovery: degraded if tmux answered in none of the active bench containers. The scans report failures of single
 * containers.
 */
public final class TmuxProbe implements SubsystemProbe {
    private static final int MAX_REASON = 256;

    private final WatchedPaneSource source;
    private final PaneStore panes;

    /** A probe of the containers that are stored as active. */
    public TmuxProbe(WatchedPaneSource source, PaneStore panes) {
        this.source = source;
        this.panes = panes;
    }

    @Override
    public SubsystemState probe() {
        return source.isUntroubled() ? SubsystemState.ok(Subsystem.TMUX_DISCOVERY) : compared();
    }

    private SubsystemState compared() {
        Set<ContainerId> active;
        try {
            active = panes.activeBenches(null).stream().map(BenchContainer::id).collect(Collectors.toSet());
        } catch (StorageException e) {
            // The database's probe reports this failure; tmux is not known to be degraded.
            return SubsystemState.ok(Subsystem.TMUX_DISCOVERY);
        }
        Map<ContainerId, String> troubles = source.troublesAmong(active);
        if (active.isEmpty() || troubles.size() < active.size()) {
            return SubsystemState.ok(Subsystem.TMUX_DISCOVERY);
        }
        String first = troubles.values().stream().sorted().findFirst().orElse("");
        return SubsystemState.degraded(
                Subsystem.TMUX_DISCOVERY,
                Text.singleLine("tmux answers in none of " + active.size() + " benches; " + first, MAX_REASON));
    }
}

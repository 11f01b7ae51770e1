package dev.agenttower.bench;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneSource;

/** Scans the host's own tmux for the host bench and containers through the engine. */
record BenchPaneSource(ContainerId host, PaneSource local, PaneSource containers) implements PaneSource {
    @Override
    public BenchPanes list(BenchTarget target) {
        return (target.container().equals(host) ? local : containers).list(target);
    }
}

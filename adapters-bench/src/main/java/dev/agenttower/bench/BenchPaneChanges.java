package dev.agenttower.bench;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneChanges;

/** Watches the host's own tmux for the host bench and containers through the engine. */
record BenchPaneChanges(ContainerId host, PaneChanges local, PaneChanges containers) implements PaneChanges {
    @Override
    public Subscription watch(BenchTarget target, Runnable changed) {
        return (target.container().equals(host) ? local : containers).watch(target, changed);
    }
}

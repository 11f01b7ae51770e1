package dev.agenttower.bench;

import dev.agenttower.bench.tmux.TmuxRunner;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.log.PanePipes.Target;
import java.util.List;

/** Runs the host's own tmux for the host bench and containers' through the engine. */
record BenchTmuxRunner(ContainerId host, TmuxRunner local, TmuxRunner containers) implements TmuxRunner {
    private TmuxRunner of(Target pane) {
        return pane.bench().container().equals(host) ? local : containers;
    }

    @Override
    public Answer run(Target pane, List<String> arguments) {
        return of(pane).run(pane, arguments);
    }

    @Override
    public List<String> command(Target pane, List<String> arguments) {
        return of(pane).command(pane, arguments);
    }
}

package dev.agenttower.contract.bench;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.log.InMemoryPanePipes;
import dev.agenttower.core.log.PanePipes;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneKey;

class InMemoryPanePipesContractTest extends PanePipesContract {
    private final PanePipes pipes = new InMemoryPanePipes();

    @Override
    PanePipes pipes() {
        return pipes;
    }

    @Override
    PanePipes.Target pane(String id) {
        ContainerId bench = new ContainerId("bench");
        return new PanePipes.Target(
                new BenchTarget(bench, "bench", "dev"), new PaneKey(bench, "/tmp/tmux-0/default", "work", 0, 0, id));
    }
}

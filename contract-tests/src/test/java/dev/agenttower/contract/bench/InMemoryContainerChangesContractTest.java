package dev.agenttower.contract.bench;

import dev.agenttower.core.container.ContainerChanges;
import dev.agenttower.core.container.InMemoryContainerChanges;

final class InMemoryContainerChangesContractTest extends ContainerChangesContract {
    private final InMemoryContainerChanges changes = new InMemoryContainerChanges();

    @Override
    ContainerChanges changes() {
        return changes;
    }

    @Override
    void reachEngine() {
        changes.connect();
    }

    @Override
    void loseEngine() {
        changes.lose("the engine was stopped");
    }

    @Override
    void start() {
        changes.change();
    }

    @Override
    void stop() {
        changes.change();
    }
}

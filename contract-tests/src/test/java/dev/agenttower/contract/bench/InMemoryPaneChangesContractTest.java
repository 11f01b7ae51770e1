package dev.agenttower.contract.bench;

import dev.agenttower.core.bench.BenchTarget;
import dev.agenttower.core.bench.ContainerId;
import dev.agenttower.core.bench.InMemoryPaneChanges;
import dev.agenttower.core.bench.PaneChanges;

final class InMemoryPaneChangesContractTest extends PaneChangesContract {
    private final InMemoryPaneChanges changes = new InMemoryPaneChanges();
    private final BenchTarget target = new BenchTarget(new ContainerId("a"), "py", "dev");

    @Override
    PaneChanges changes() {
        return changes;
    }

    @Override
    BenchTarget target() {
        return target;
    }

    @Override
    void startServer(String name) {
        changes.change(target.container());
    }

    @Override
    void openPane(String server) {
        changes.change(target.container());
    }

    @Override
    void closePane(String server) {
        changes.change(target.container());
    }

    @Override
    void renameSession(String server) {
        changes.change(target.container());
    }

    @Override
    void endServer(String name) {
        changes.change(target.container());
    }

    @Override
    void settle() {
        // it sees at once
    }
}

package dev.agenttower.contract.bench;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.InMemoryPaneChanges;
import dev.agenttower.core.pane.PaneChanges;

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
    void setTitle(String server) {
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

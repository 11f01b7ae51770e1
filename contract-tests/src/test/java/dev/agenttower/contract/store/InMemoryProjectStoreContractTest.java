package dev.agenttower.contract.store;

import dev.agenttower.core.governance.registry.InMemoryProjectStore;
import dev.agenttower.core.governance.registry.ProjectStore;
import java.nio.file.Path;

final class InMemoryProjectStoreContractTest extends ProjectStoreContract {
    @Override
    ProjectStore open(Path directory) {
        return new InMemoryProjectStore();
    }

    @Override
    void close() {
        // There is nothing to let go of.
    }
}

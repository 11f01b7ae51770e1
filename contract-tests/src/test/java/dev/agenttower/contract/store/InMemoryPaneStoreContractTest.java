package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryPaneStoreContractTest extends PaneStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

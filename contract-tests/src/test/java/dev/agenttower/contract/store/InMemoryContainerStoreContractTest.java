package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryContainerStoreContractTest extends ContainerStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

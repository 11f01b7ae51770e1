package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryEventStoreContractTest extends EventStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

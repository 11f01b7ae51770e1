package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryLogStoreContractTest extends LogStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryMessageStoreContractTest extends MessageStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryAttachedLogsContractTest extends AttachedLogsContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqliteEventStoreContractTest extends EventStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqliteLogStoreContractTest extends LogStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

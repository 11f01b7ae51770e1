package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqliteMessageStoreContractTest extends MessageStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

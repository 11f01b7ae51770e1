package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqliteAttachedLogsContractTest extends AttachedLogsContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

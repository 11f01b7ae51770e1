package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqliteDirectoryContractTest extends DirectoryContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

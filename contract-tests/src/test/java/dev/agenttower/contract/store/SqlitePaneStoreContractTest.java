package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqlitePaneStoreContractTest extends PaneStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqliteContainerStoreContractTest extends ContainerStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqliteRouteStoreContractTest extends RouteStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

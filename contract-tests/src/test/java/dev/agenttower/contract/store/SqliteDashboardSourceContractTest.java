package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqliteDashboardSourceContractTest extends DashboardSourceContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

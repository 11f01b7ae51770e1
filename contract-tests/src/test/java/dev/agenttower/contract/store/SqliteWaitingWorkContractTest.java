package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqliteWaitingWorkContractTest extends WaitingWorkContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

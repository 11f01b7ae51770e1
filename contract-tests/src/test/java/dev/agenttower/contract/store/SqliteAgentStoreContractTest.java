package dev.agenttower.contract.store;

import java.nio.file.Path;

class SqliteAgentStoreContractTest extends AgentStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new SqliteStoredTables(directory);
    }
}

package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryAgentStoreContractTest extends AgentStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

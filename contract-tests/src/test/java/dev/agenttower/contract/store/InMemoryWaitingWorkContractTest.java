package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryWaitingWorkContractTest extends WaitingWorkContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

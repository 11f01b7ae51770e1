package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryDashboardSourceContractTest extends DashboardSourceContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

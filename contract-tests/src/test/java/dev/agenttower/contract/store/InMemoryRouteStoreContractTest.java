package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryRouteStoreContractTest extends RouteStoreContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

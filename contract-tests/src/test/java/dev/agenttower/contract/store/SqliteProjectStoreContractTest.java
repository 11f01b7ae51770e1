package dev.agenttower.contract.store;

import dev.agenttower.core.governance.registry.ProjectStore;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.file.Path;

final class SqliteProjectStoreContractTest extends ProjectStoreContract {
    private SqliteStores stores;

    @Override
    ProjectStore open(Path directory) {
        Path database = directory.resolve("state").resolve("agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
        return stores.projects();
    }

    @Override
    void close() {
        stores.close();
    }
}

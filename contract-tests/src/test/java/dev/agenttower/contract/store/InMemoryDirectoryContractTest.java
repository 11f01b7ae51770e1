package dev.agenttower.contract.store;

import java.nio.file.Path;

class InMemoryDirectoryContractTest extends DirectoryContract {
    @Override
    StoredTables open(Path directory) {
        return new InMemoryStoredTables();
    }
}

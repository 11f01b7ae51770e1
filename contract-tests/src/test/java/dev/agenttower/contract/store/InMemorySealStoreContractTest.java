package dev.agenttower.contract.store;

import dev.agenttower.core.governance.drift.InMemorySealStore;
import dev.agenttower.core.governance.drift.SealStore;
import java.nio.file.Path;

final class InMemorySealStoreContractTest extends SealStoreContract {
    @Override
    SealStore open(Path directory) {
        return new InMemorySealStore();
    }

    @Override
    void close() {
        // memory needs no closing
    }
}

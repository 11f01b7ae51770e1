package dev.agenttower.contract.store;

import dev.agenttower.core.governance.drift.BaselineStore;
import dev.agenttower.core.governance.drift.InMemoryBaselineStore;
import java.nio.file.Path;

final class InMemoryBaselineStoreContractTest extends BaselineStoreContract {
    @Override
    BaselineStore open(Path directory) {
        return new InMemoryBaselineStore();
    }

    @Override
    void close() {
        // memory needs no closing
    }
}

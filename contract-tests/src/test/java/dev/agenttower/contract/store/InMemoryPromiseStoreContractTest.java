package dev.agenttower.contract.store;

import dev.agenttower.core.governance.ledger.InMemoryPromiseStore;
import dev.agenttower.core.governance.ledger.PromiseStore;

final class InMemoryPromiseStoreContractTest extends PromiseStoreContract {
    @Override
    PromiseStore store() {
        return new InMemoryPromiseStore();
    }
}

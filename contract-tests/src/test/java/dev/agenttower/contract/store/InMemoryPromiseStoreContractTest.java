package dev.agenttower.contract.store;

import dev.agenttower.core.governance.ledger.note.InMemoryPromiseStore;
import dev.agenttower.core.governance.ledger.note.PromiseStore;

final class InMemoryPromiseStoreContractTest extends PromiseStoreContract {
    @Override
    PromiseStore store() {
        return new InMemoryPromiseStore();
    }
}

package dev.agenttower.contract.store;

import dev.agenttower.core.governance.ledger.InMemoryLedgerNotes;
import dev.agenttower.core.governance.ledger.LedgerNotes;
import java.nio.file.Path;

final class InMemoryLedgerNotesContractTest extends LedgerNotesContract {
    @Override
    LedgerNotes open(Path directory) {
        return new InMemoryLedgerNotes();
    }

    @Override
    void close() {
        // memory needs no closing
    }
}

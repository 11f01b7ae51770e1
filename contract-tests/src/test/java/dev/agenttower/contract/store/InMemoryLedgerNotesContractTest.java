package dev.agenttower.contract.store;

import dev.agenttower.core.governance.ledger.note.InMemoryLedgerNotes;
import dev.agenttower.core.governance.ledger.note.LedgerNotes;
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

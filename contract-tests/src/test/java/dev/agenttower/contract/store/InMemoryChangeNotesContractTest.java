package dev.agenttower.contract.store;

import dev.agenttower.core.governance.change.application.ChangeNotes;
import dev.agenttower.core.governance.change.application.InMemoryChangeNotes;
import java.nio.file.Path;

final class InMemoryChangeNotesContractTest extends ChangeNotesContract {
    @Override
    ChangeNotes open(Path directory) {
        return new InMemoryChangeNotes();
    }

    @Override
    void close() {
        // memory needs no closing
    }
}

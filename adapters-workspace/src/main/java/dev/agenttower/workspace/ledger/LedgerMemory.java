package dev.agenttower.workspace.ledger;

import dev.agenttower.core.governance.ledger.note.LedgerEnd;
import dev.agenttower.workspace.file.FileState;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The ledger file as it was when this process last wrote it.
 *
 * @param state the file
 * @param hash the hash of its last event
 */
record LedgerMemory(FileState state, String hash) {
    /** Remembers a file that ends after an event with a hash; null if it is longer, because another writer does not wait for its turn. */
    static @Nullable LedgerMemory of(Path file, LedgerEnd end) throws IOException {
        FileState state = FileState.of(file);
        return state.size() == end.offset() ? new LedgerMemory(state, end.hash()) : null;
    }

    /** Whether the file is as it was. */
    boolean isStill(Path file) throws IOException {
        return state.equals(FileState.of(file));
    }

    LedgerEnd end() {
        return new LedgerEnd(state.size(), hash);
    }
}

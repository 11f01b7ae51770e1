package dev.agenttower.workspace.ledger;

import dev.agenttower.core.governance.ledger.note.LedgerEnd;
import dev.agenttower.workspace.file.FileState;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The state of the ledger file after this process last wrote it.
 *
 * @param state the file
 * @param hash the hash of its last event
 */
record LedgerMemory(FileState state, String hash) {
    /** The state of a file that ends with a known event; null if it is longer, because another writer ignores the lock. */
    static @Nullable LedgerMemory of(Path file, LedgerEnd end) throws IOException {
        FileState state = FileState.of(file);
        return state.size() == end.offset() ? new LedgerMemory(state, end.hash()) : null;
    }

    /** Whether the file is unchanged. */
    boolean isStill(Path file) throws IOException {
        return state.equals(FileState.of(file));
    }

    LedgerEnd end() {
        return new LedgerEnd(state.size(), hash);
    }
}

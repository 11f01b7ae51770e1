package dev.agenttower.workspace;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The ledger file as it was when this process last wrote it.
 *
 * @param state the file
 * @param hash the hash of its last event
 */
record LedgerMemory(FileState state, String hash) {
    /** Remembers a file whose last event has a hash. */
    static LedgerMemory of(Path file, String hash) throws IOException {
        return new LedgerMemory(FileState.of(file), hash);
    }

    /** Whether the file is as it was. */
    boolean isStill(Path file) throws IOException {
        return state.equals(FileState.of(file));
    }

    long size() {
        return state.size();
    }
}

package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.governance.ledger.note.PromiseStore;
import dev.agenttower.core.governance.ledger.note.PromisedEvent;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlitePromiseStoreContractTest extends PromiseStoreContract {
    @TempDir
    Path directory;

    private SqliteStores stores;

    @BeforeEach
    void open() {
        Path database = directory.resolve("state/agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Override
    PromiseStore store() {
        return stores.promises();
    }

    @Test
    void outlives_the_process() {
        PromisedEvent promise =
                new PromisedEvent("f", "s", "shown", EventDraft.of("t", "A", "R", "note", 3, "d"), LedgerCursor.START);
        store().note("p", promise);
        stores.close();
        open();
        assertThat(store().find("p", "f")).containsExactly(promise);
    }
}

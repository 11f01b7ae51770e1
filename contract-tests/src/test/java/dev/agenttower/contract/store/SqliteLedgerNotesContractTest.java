package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.ledger.note.LedgerNotes;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SqliteLedgerNotesContractTest extends LedgerNotesContract {
    private SqliteStores stores;

    @Override
    LedgerNotes open(Path directory) {
        Path database = directory.resolve("state").resolve("agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
        return stores.ledgers();
    }

    @Override
    void close() {
        stores.close();
    }

    @Test
    void outlives_the_process_whatever_it_had_to_outlive() {
        stores.ledgers().save("demo@1", WRITING, false);
        stores.close();
        assertThat(open(directory).find("demo@1")).contains(WRITING);
    }
}

package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.change.application.ChangeNotes;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SqliteChangeNotesContractTest extends ChangeNotesContract {
    private SqliteStores stores;

    @Override
    ChangeNotes open(Path directory) {
        Path database = directory.resolve("state").resolve("agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
        return stores.changes();
    }

    @Override
    void close() {
        stores.close();
    }

    @Test
    void outlives_the_process() {
        stores.changes().put("demo@1", List.of(DECISION));
        stores.close();
        assertThat(open(directory).find("demo@1")).containsExactly(DECISION);
    }
}

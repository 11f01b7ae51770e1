package dev.agenttower.contract.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A suite for one store port; each case begins with empty tables. */
@Timeout(60)
abstract class StoreContract {
    @TempDir
    Path directory;

    StoredTables tables;

    /** The implementation under test. */
    abstract StoredTables open(Path directory);

    @BeforeEach
    void open_tables() {
        tables = open(directory);
    }

    @AfterEach
    void close_tables() {
        tables.close();
    }
}

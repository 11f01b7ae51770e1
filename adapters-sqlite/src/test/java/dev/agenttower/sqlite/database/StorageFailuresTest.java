package dev.agenttower.sqlite.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.failure.StorageBusyException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.failure.StorageFullException;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class StorageFailuresTest {
    private static StorageException of(SQLiteErrorCode code) {
        return StorageFailures.of("write the database", new IllegalStateException(new SQLiteException("no", code)));
    }

    @Test
    void tells_apart_what_a_caller_can_do_something_about() {
        assertThat(of(SQLiteErrorCode.SQLITE_FULL)).isInstanceOf(StorageFullException.class);
        assertThat(of(SQLiteErrorCode.SQLITE_BUSY)).isInstanceOf(StorageBusyException.class);
        assertThat(of(SQLiteErrorCode.SQLITE_CORRUPT))
                .isExactlyInstanceOf(StorageException.class)
                .hasMessage("cannot write the database: no");
    }
}

package dev.agenttower.sqlite;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the database can be read, by reading from it. While all connections are in use, what was found last is told again, so that
 * the answer never waits.
 */
final class SqliteProbe implements SubsystemProbe {
    private final Readers readers;
    private volatile SubsystemState last = SubsystemState.ok(Subsystem.SQLITE);

    SqliteProbe(Readers readers) {
        this.readers = readers;
    }

    @Override
    public SubsystemState probe() {
        try {
            @Nullable Long version = readers.readUnlessBusy(
                    snapshot -> Pages.number(snapshot.handle(), "SELECT COUNT(*) FROM schema_version"));
            if (version != null) {
                last = SubsystemState.ok(Subsystem.SQLITE);
            }
        } catch (StorageException e) {
            last = SubsystemState.degraded(
                    Subsystem.SQLITE, Text.singleLine(String.valueOf(e.getMessage()), Text.MESSAGE_LIMIT));
        }
        return last;
    }
}

package dev.agenttower.sqlite.health;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.text.Text;
import dev.agenttower.sqlite.database.DatabaseFiles;
import dev.agenttower.sqlite.database.Readers;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the database is readable, whether its file is still in place, and whether it has all its tables, because figures from a
 * missing one are shown as zero. While all connections are in use, it returns its last result, so that it never waits.
 */
public final class SqliteProbe implements SubsystemProbe {
    private static final String MISSING = """
            SELECT COALESCE(group_concat(column1, ', '), '')
            FROM (VALUES ('schema_version'), ('containers'), ('container_scans'), ('panes'), ('pane_scans'), ('agents'),
                ('log_attachments'), ('log_offsets'), ('events'), ('message_queue'), ('daemon_state'), ('routes'))
            WHERE column1 NOT IN (SELECT name FROM sqlite_master WHERE type = 'table')""";

    private final Readers readers;
    private final DatabaseFiles files;
    private volatile SubsystemState last = SubsystemState.ok(Subsystem.SQLITE);

    public SqliteProbe(Readers readers, DatabaseFiles files) {
        this.readers = readers;
        this.files = files;
    }

    @Override
    public SubsystemState probe() {
        try {
            files.requireDatabase();
            @Nullable String missing = readers.rememberedUnlessBusy(SqliteProbe.class, SqliteProbe::missing, String.class);
            if (missing != null) {
                last = missing.isEmpty()
                        ? SubsystemState.ok(Subsystem.SQLITE)
                        : SubsystemState.degraded(
                                Subsystem.SQLITE,
                                "the database lacks " + missing + "; restart the daemon to create it");
            }
        } catch (StorageException e) {
            last = SubsystemState.degraded(
                    Subsystem.SQLITE, Text.singleLine(String.valueOf(e.getMessage()), Text.MESSAGE_LIMIT));
        }
        return last;
    }

    private static String missing(Handle handle) {
        return handle.select(MISSING).mapTo(String.class).one();
    }
}

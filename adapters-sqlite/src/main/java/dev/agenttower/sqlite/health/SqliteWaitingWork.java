package dev.agenttower.sqlite.health;

import dev.agenttower.core.health.WaitingWork;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Tables;

/** Counts queued messages and active log attachments. */
public final class SqliteWaitingWork implements WaitingWork {
    private final Readers readers;

    public SqliteWaitingWork(Readers readers) {
        this.readers = readers;
    }

    @Override
    public long queuedMessages() {
        return count("SELECT COUNT(*) FROM message_queue WHERE state = 'queued'");
    }

    @Override
    public long activeLogAttachments() {
        return count("SELECT COUNT(*) FROM log_attachments WHERE status = 'active'");
    }

    private long count(String sql) {
        return readers.read(snapshot -> Tables.number(snapshot.handle(), sql));
    }
}

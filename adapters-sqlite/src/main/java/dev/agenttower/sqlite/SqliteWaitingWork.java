package dev.agenttower.sqlite;

import dev.agenttower.core.health.WaitingWork;

/** Counts queued messages and active log attachments. */
final class SqliteWaitingWork implements WaitingWork {
    private final Readers readers;

    SqliteWaitingWork(Readers readers) {
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
        return readers.read(snapshot -> Pages.number(snapshot.handle(), sql));
    }
}

package dev.agenttower.core.audit;

import java.util.ArrayList;
import java.util.List;

/** An audit log that keeps its records in memory. Thread-safe. */
public final class InMemoryAuditLog implements AuditLog {
    private final List<AuditRecord> records = new ArrayList<>();

    /** An empty log. */
    public InMemoryAuditLog() {}

    @Override
    public synchronized void append(AuditRecord record) {
        records.add(record);
    }

    /** The appended records, oldest first. */
    public synchronized List<AuditRecord> records() {
        return List.copyOf(records);
    }
}

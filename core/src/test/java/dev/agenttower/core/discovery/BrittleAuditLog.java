package dev.agenttower.core.discovery;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An audit log that can be broken. */
final class BrittleAuditLog implements AuditLog {
    private final List<AuditRecord> records = new ArrayList<>();
    private boolean broken;

    void breakDown() {
        broken = true;
    }

    @Override
    public void append(AuditRecord record) {
        if (broken) {
            throw new AuditUnavailableException("events.jsonl cannot be written", new IOException("disk full"));
        }
        records.add(record);
    }

    List<AuditRecord> records() {
        return records;
    }
}

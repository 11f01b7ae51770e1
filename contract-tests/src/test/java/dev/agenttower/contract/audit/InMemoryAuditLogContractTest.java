package dev.agenttower.contract.audit;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.InMemoryAuditLog;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

class InMemoryAuditLogContractTest extends AuditLogContract {
    private final InMemoryAuditLog log = new InMemoryAuditLog();

    @Override
    AuditLog log() {
        return log;
    }

    @Override
    List<Map<String, @Nullable Object>> content() {
        return log.records().stream().map(AuditRecord::fields).toList();
    }
}

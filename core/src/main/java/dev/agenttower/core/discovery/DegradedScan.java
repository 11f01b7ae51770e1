package dev.agenttower.core.discovery;

import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audit record of a degraded container or pane scan. */
final class DegradedScan {
    private DegradedScan() {}

    static AuditRecord record(
            String type, String scanId, ErrorCode code, @Nullable String message, List<ScanProblem> problems) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("scan_id", scanId);
        payload.put("error_code", code.wire());
        payload.put("error_message", message);
        payload.put(
                "error_details", problems.stream().map(ScanProblem::auditFields).toList());
        return AuditRecord.of(type, payload);
    }
}

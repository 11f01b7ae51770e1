package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.ledger.LedgerEvent;
import org.jspecify.annotations.Nullable;

/**
 * A drift that is on the ledger.
 *
 * @param path the file, relative to the root
 * @param ts when its event was written
 * @param eventId the id of its event
 */
public record ReportedDrift(String path, String ts, String eventId) {
    static ReportedDrift of(LedgerEvent event) {
        @Nullable String path = event.data("target_path");
        return new ReportedDrift(path == null ? "" : path, event.ts(), event.id());
    }
}

package dev.agenttower.core.governance.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an action.
 *
 * @param reason why it was denied; null when it was allowed
 * @param detail a further problem for the user to check, such as a broken policy file; null for none
 * @param tier the tier of protection, 1 to 3
 * @param dryRun whether it was only decided
 * @param result the result of the execution; empty when it was denied or only decided
 * @param eventId the id of its ledger event
 */
public record ActionOutcome(
        @Nullable String reason,
        @Nullable String detail,
        int tier,
        boolean dryRun,
        Map<String, Object> result,
        String eventId) {
    /** Copies the result. */
    public ActionOutcome {
        result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }

    /** Whether it was allowed. */
    public boolean isAllowed() {
        return reason == null;
    }
}

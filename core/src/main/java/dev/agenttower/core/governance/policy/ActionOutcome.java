package dev.agenttower.core.governance.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of an action.
 *
 * @param reason why it was denied; null when it was allowed
 * @param detail what a person should look at in addition; null when there is nothing
 * @param tier how far up the thing is protected, 1 to 3
 * @param dryRun whether it was only decided
 * @param result what carrying it out gave; empty when it was denied or only decided
 * @param eventId the event that tells of it
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

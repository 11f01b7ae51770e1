package dev.agenttower.core.governance.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decision of the policy about an action.
 *
 * @param reason why it is denied; null when it is allowed
 * @param detail a further problem for the user to check, such as a broken policy file; null for none
 * @param tier the tier of protection, 1 to 3
 * @param eventType the type of the denial event; empty when it is allowed
 * @param tag the tag of that event, see {@link dev.agenttower.core.governance.ledger.EventDraft}; empty when it is allowed
 * @param description the description of that event; empty when it is allowed
 * @param realTarget the resolved target, relative to the root; null when there is none
 * @param extras further fields of that event
 */
public record Ruling(
        @Nullable String reason,
        @Nullable String detail,
        int tier,
        String eventType,
        String tag,
        String description,
        @Nullable String realTarget,
        Map<String, Object> extras) {
    /** Copies the extras. */
    public Ruling {
        extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    }

    static Ruling allowed(int tier, @Nullable String realTarget) {
        return new Ruling(null, null, tier, "", "", "", realTarget, Map.of());
    }

    static Ruling denied(String reason, int tier, String eventType, String tag, String description) {
        return new Ruling(reason, null, tier, eventType, tag, description, null, Map.of());
    }

    Ruling with(String key, Object value) {
        return new Ruling(reason, detail, tier, eventType, tag, description, realTarget, Map.of(key, value));
    }

    Ruling withDetail(@Nullable String more) {
        return new Ruling(reason, more, tier, eventType, tag, description, realTarget, extras);
    }

    /** Whether the action is allowed. */
    public boolean isAllowed() {
        return reason == null;
    }
}

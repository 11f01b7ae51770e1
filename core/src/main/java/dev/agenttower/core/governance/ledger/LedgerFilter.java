package dev.agenttower.core.governance.ledger;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selects events. Each non-null value must equal that of the event, case-sensitively.
 *
 * @param agent the acting agent
 * @param role the role of that agent
 * @param actionType the type of the event
 * @param specRef the spec it belongs to
 */
public record LedgerFilter(
        @Nullable String agent,
        @Nullable String role,
        @Nullable String actionType,
        @Nullable String specRef) {
    private static final LedgerFilter ALL = new LedgerFilter(null, null, null, null);

    /** Every event. */
    public static LedgerFilter all() {
        return ALL;
    }

    /** The events of one type. */
    public static LedgerFilter ofType(String actionType) {
        return new LedgerFilter(null, null, actionType, null);
    }

    /** Whether an event matches. */
    public boolean matches(LedgerEvent event) {
        Map<String, @Nullable Object> fields = event.fields();
        return (agent == null || agent.equals(fields.get("agent")))
                && (role == null || role.equals(fields.get("role")))
                && (actionType == null || actionType.equals(fields.get("action_type")))
                && (specRef == null || specRef.equals(fields.get("spec_ref")));
    }
}

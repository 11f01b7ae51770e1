package dev.agenttower.core.governance.ledger;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for. Each value that is not null must equal the event's, case included.
 *
 * @param agent who acted
 * @param role in which role
 * @param actionType what was done
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

    /** Whether an event is asked for. */
    public boolean matches(LedgerEvent event) {
        Map<String, @Nullable Object> fields = event.fields();
        return (agent == null || agent.equals(fields.get("agent")))
                && (role == null || role.equals(fields.get("role")))
                && (actionType == null || actionType.equals(fields.get("action_type")))
                && (specRef == null || specRef.equals(fields.get("spec_ref")));
    }
}

package dev.agenttower.client.governance.ledger;

import static java.util.Objects.requireNonNull;

import dev.agenttower.client.governance.role.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that an agent puts on the ledger in its own name.
 *
 * @param at when it happened
 * @param actionType what it is; the types that tell of human decisions, of decisions of the policy and of governance itself are refused
 * @param specRef the spec that it belongs to, or null
 * @param isAuthorized whether what it tells of was allowed
 */
public record LedgerNote(
        Actor by,
        Instant at,
        String actionType,
        String description,
        @Nullable String specRef,
        boolean isAuthorized) {
    /** Checks that nothing is missing. */
    public LedgerNote {
        requireNonNull(by, "by");
        requireNonNull(at, "at");
        requireNonNull(actionType, "actionType");
        requireNonNull(description, "description");
    }
}

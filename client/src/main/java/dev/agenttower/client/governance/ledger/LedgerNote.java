package dev.agenttower.client.governance.ledger;

import static java.util.Objects.requireNonNull;

import dev.agenttower.client.governance.role.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that an agent records in the ledger in its own name.
 *
 * @param at the time of the event
 * @param actionType its type; types for human decisions, policy decisions and governance itself are refused
 * @param specRef the related spec, or null
 * @param isAuthorized whether the recorded action was authorized
 */
public record LedgerNote(
        Actor by,
        Instant at,
        String actionType,
        String description,
        @Nullable String specRef,
        boolean isAuthorized) {
    /** Checks that required parts are not null. */
    public LedgerNote {
        requireNonNull(by, "by");
        requireNonNull(at, "at");
        requireNonNull(actionType, "actionType");
        requireNonNull(description, "description");
    }
}

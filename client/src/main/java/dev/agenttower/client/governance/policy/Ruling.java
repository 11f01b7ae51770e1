package dev.agenttower.client.governance.policy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What the policy says of an action. */
public sealed interface Ruling {
    /** Whether the action is allowed. */
    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    /** The event of the ledger, or null where the daemon names none. */
    @Nullable String eventId();

    /**
     * It is allowed.
     *
     * @param isDryRun whether nothing was done but to decide
     * @param result what came of doing it, whose {@code status} says whether it worked; an empty object for a dry run
     */
    record Allowed(
            boolean isDryRun, JsonNode result, @Nullable String eventId) implements Ruling {
        /** Checks that there is a result. */
        public Allowed {
            requireNonNull(result, "result");
        }
    }

    /**
     * It is denied.
     *
     * @param reason such as {@code sovereign_path_violation}, or a sentence
     * @param detail what else is to be said, such as which policy file is broken; null for nothing
     */
    record Denied(
            String reason,
            @Nullable String detail,
            @Nullable String eventId) implements Ruling {
        /** Checks that there is a reason. */
        public Denied {
            requireNonNull(reason, "reason");
        }
    }
}

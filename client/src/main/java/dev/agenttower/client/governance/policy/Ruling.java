package dev.agenttower.client.governance.policy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The policy's decision on an action. */
public sealed interface Ruling {
    /** Whether the action is allowed. */
    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    /** The id of the ledger event, or null if the daemon names none. */
    @Nullable String eventId();

    /**
     * The action is allowed.
     *
     * @param isDryRun whether the action was only decided, not executed
     * @param result the result of the execution, whose {@code status} reports success or failure; an empty object for a dry run
     */
    record Allowed(
            boolean isDryRun, JsonNode result, @Nullable String eventId) implements Ruling {
        /** Checks that a result is given. */
        public Allowed {
            requireNonNull(result, "result");
        }
    }

    /**
     * The action is denied.
     *
     * @param reason such as {@code sovereign_path_violation}, or a sentence
     * @param detail further details, such as the broken policy file; null for none
     */
    record Denied(
            String reason,
            @Nullable String detail,
            @Nullable String eventId) implements Ruling {
        /** Checks that a reason is given. */
        public Denied {
            requireNonNull(reason, "reason");
        }
    }
}

package dev.agenttower.core.governance.policy;

import java.util.Optional;

/** The intents that an action or a change may serve. Thread-safe. */
@FunctionalInterface
public interface Intents {
    /** The status of an intent; empty if there is no such intent. */
    Optional<String> status(String intentId);

    /** A project without intents. */
    static Intents none() {
        return intentId -> Optional.empty();
    }

    /** Whether an intent of this status is closed to further actions and changes. */
    static boolean isOver(String status) {
        return status.equals("Completed") || status.equals("Cancelled");
    }
}

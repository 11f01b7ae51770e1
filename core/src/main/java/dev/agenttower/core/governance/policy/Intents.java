package dev.agenttower.core.governance.policy;

import java.util.Optional;

/** The intents that an action or a change may serve. Thread-safe. */
@FunctionalInterface
public interface Intents {
    /** The status of an intent, or nothing if there is no such intent. */
    Optional<String> status(String intentId);

    /** A project without intents. */
    static Intents none() {
        return intentId -> Optional.empty();
    }

    /** Whether an intent of this status is over, so that nothing can serve it any more. */
    static boolean isOver(String status) {
        return status.equals("Completed") || status.equals("Cancelled");
    }
}

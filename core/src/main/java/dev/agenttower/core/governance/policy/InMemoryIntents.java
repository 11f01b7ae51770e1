package dev.agenttower.core.governance.policy;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Intents in memory. Thread-safe. */
public final class InMemoryIntents implements Intents {
    private final Map<String, String> statuses = new ConcurrentHashMap<>();

    /** No intents. */
    public InMemoryIntents() {}

    /** Sets the status of an intent, adding the intent if necessary. */
    public void put(String intentId, String status) {
        statuses.put(intentId, status);
    }

    @Override
    public Optional<String> status(String intentId) {
        return Optional.ofNullable(statuses.get(intentId));
    }
}

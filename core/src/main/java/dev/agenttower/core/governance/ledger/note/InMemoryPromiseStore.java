package dev.agenttower.core.governance.ledger.note;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Promised events in memory. Thread-safe. */
public final class InMemoryPromiseStore implements PromiseStore {
    private final Map<List<String>, PromisedEvent> promises =
            new TreeMap<>((one, other) -> String.join("\0", one).compareTo(String.join("\0", other)));

    /** No promised events. */
    public InMemoryPromiseStore() {}

    @Override
    public synchronized void note(String project, PromisedEvent promise) {
        promises.put(key(project, promise), promise);
    }

    @Override
    public synchronized List<PromisedEvent> find(String project, String file) {
        return promises.entrySet().stream()
                .filter(entry -> entry.getKey().subList(0, 2).equals(List.of(project, file)))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public synchronized void remove(String project, PromisedEvent promise) {
        promises.remove(key(project, promise));
    }

    @Override
    public synchronized void forget(String project) {
        promises.keySet().removeIf(key -> key.get(0).equals(project));
    }

    private static List<String> key(String project, PromisedEvent promise) {
        return List.of(project, promise.file(), promise.subject());
    }
}

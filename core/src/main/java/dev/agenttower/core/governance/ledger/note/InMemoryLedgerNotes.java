package dev.agenttower.core.governance.ledger.note;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Ledger notes in memory. Thread-safe. */
public final class InMemoryLedgerNotes implements LedgerNotes {
    private final Map<String, LedgerNote> notes = new HashMap<>();
    private final Map<String, TreeMap<Long, ExternalEvents>> external = new HashMap<>();

    /** No notes. */
    public InMemoryLedgerNotes() {}

    @Override
    public synchronized Optional<LedgerNote> find(String project) {
        return Optional.ofNullable(notes.get(project));
    }

    @Override
    public synchronized void save(String project, LedgerNote note, boolean isDurable) {
        notes.put(project, note);
    }

    @Override
    public synchronized List<ExternalEvents> external(String project) {
        return List.copyOf(external.getOrDefault(project, new TreeMap<>()).values());
    }

    @Override
    public synchronized void put(String project, ExternalEvents events) {
        external.computeIfAbsent(project, key -> new TreeMap<>()).put(events.from(), events);
    }

    @Override
    public synchronized void clear(String project) {
        external.remove(project);
    }

    @Override
    public synchronized void forget(String project) {
        notes.remove(project);
        external.remove(project);
    }
}

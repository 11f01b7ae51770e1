package dev.agenttower.core.governance.change.application;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Change notes in memory. Thread-safe. */
public final class InMemoryChangeNotes implements ChangeNotes {
    private final Map<String, List<ChangeNote>> notes = new HashMap<>();

    /** No notes. */
    public InMemoryChangeNotes() {}

    @Override
    public synchronized List<ChangeNote> find(String project) {
        return List.copyOf(notes.getOrDefault(project, List.of()));
    }

    @Override
    public synchronized void put(String project, List<ChangeNote> added) {
        List<ChangeNote> known = notes.computeIfAbsent(project, key -> new ArrayList<>());
        for (ChangeNote note : added) {
            known.removeIf(note::isAbout);
            known.add(note);
        }
    }

    @Override
    public synchronized void remove(String project, ChangeNote note) {
        notes.getOrDefault(project, new ArrayList<>()).removeIf(note::isAbout);
    }

    @Override
    public synchronized void forget(String project) {
        notes.remove(project);
    }
}

package dev.agenttower.core.governance.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Registered projects in memory. Thread-safe. */
public final class InMemoryProjectStore implements ProjectStore {
    private final Map<String, RegisteredProject> projects = new TreeMap<>();

    /** No projects. */
    public InMemoryProjectStore() {}

    @Override
    public synchronized List<RegisteredProject> list() {
        return List.copyOf(projects.values());
    }

    @Override
    public synchronized Optional<RegisteredProject> add(RegisteredProject project) {
        Optional<RegisteredProject> conflict = project.conflictIn(projects.values());
        if (conflict.isEmpty()) {
            projects.put(project.name(), project);
        }
        return conflict;
    }

    @Override
    public synchronized boolean remove(String name) {
        return projects.remove(name) != null;
    }
}

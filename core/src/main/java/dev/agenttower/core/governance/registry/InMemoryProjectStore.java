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
        RegisteredProject same = projects.get(project.name());
        Optional<RegisteredProject> against = same != null
                ? Optional.of(same)
                : projects.values().stream()
                        .filter(other -> other.overlaps(project.path()))
                        .findFirst();
        if (against.isEmpty()) {
            projects.put(project.name(), project);
        }
        return against;
    }

    @Override
    public synchronized boolean remove(String name) {
        return projects.remove(name) != null;
    }
}

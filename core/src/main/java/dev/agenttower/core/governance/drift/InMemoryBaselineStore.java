package dev.agenttower.core.governance.drift;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Baselines in memory. Thread-safe. */
public final class InMemoryBaselineStore implements BaselineStore {
    private final Map<String, Baseline> baselines = new ConcurrentHashMap<>();

    /** No baselines. */
    public InMemoryBaselineStore() {}

    @Override
    public Optional<Baseline> find(String project) {
        return Optional.ofNullable(baselines.get(project));
    }

    @Override
    public void save(String project, Baseline baseline) {
        if (baseline.files().isEmpty() && baseline.last() == null) {
            baselines.remove(project);
        } else {
            baselines.put(project, baseline);
        }
    }

    @Override
    public void forget(String project) {
        baselines.remove(project);
    }
}

package dev.agenttower.core.governance.drift;

import java.util.Optional;

/**
 * Stores the baselines of projects, each project under its own key. Thread-safe.
 *
 * <p>A persistent implementation should store them outside of the projects, where agents do not write.
 */
public interface BaselineStore {
    /**
     * The baseline of a project; empty if none is stored.
     *
     * @throws dev.agenttower.core.failure.StorageException if it cannot be read
     */
    Optional<Baseline> find(String project);

    /**
     * Replaces the baseline of a project atomically. It is on disk when this returns.
     *
     * @throws dev.agenttower.core.failure.StorageException if it cannot be stored; the old one is then unchanged
     */
    void save(String project, Baseline baseline);

    /**
     * Forgets a project; does nothing if it is unknown.
     *
     * @throws dev.agenttower.core.failure.StorageException if that cannot be stored
     */
    void forget(String project);
}

package dev.agenttower.core.governance.drift;

import java.util.Optional;

/**
 * Keeps what is known of the sovereign files of projects, each under a key of its own. Thread-safe.
 *
 * <p>An implementation that outlives the process should keep it outside of the projects, where agents do not work.
 */
public interface BaselineStore {
    /**
     * What is known of a project; empty if that is nothing.
     *
     * @throws dev.agenttower.core.failure.StorageException if it cannot be read
     */
    Optional<Baseline> find(String project);

    /**
     * Replaces what is known of a project, as a whole. It is on disk when this returns.
     *
     * @throws dev.agenttower.core.failure.StorageException if it cannot be stored; what was known is then unchanged
     */
    void save(String project, Baseline baseline);

    /**
     * Forgets a project; does nothing if it is unknown.
     *
     * @throws dev.agenttower.core.failure.StorageException if that cannot be stored
     */
    void forget(String project);
}

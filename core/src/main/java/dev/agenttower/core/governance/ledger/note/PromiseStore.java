package dev.agenttower.core.governance.ledger.note;

import java.util.List;

/**
 * Stores events promised to the ledgers of projects, each project under its own key. Thread-safe.
 *
 * <p>A persistent implementation should store them outside of the projects, where agents do not write: a stored event is later written in the
 * name of the actor in it.
 */
public interface PromiseStore {
    /**
     * Stores an event, replacing one with the same file and subject. It is on disk when this returns.
     *
     * @throws dev.agenttower.core.failure.StorageException if it cannot be stored
     */
    void note(String project, PromisedEvent promise);

    /**
     * The stored events of a file, ordered by subject.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be read
     */
    List<PromisedEvent> find(String project, String file);

    /**
     * Removes an event; does nothing if it is not stored.
     *
     * @throws dev.agenttower.core.failure.StorageException if that cannot be stored
     */
    void remove(String project, PromisedEvent promise);

    /**
     * Removes all events of a project.
     *
     * @throws dev.agenttower.core.failure.StorageException if that cannot be stored
     */
    void forget(String project);
}

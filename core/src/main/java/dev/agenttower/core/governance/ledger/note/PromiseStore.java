package dev.agenttower.core.governance.ledger.note;

import java.util.List;

/**
 * Keeps the events that are promised to the ledgers of projects, each project under a key of its own. Thread-safe.
 *
 * <p>An implementation that outlives the process should keep it outside of the projects, where agents do not work: what is noted here is written
 * later in the name of who is noted.
 */
public interface PromiseStore {
    /**
     * Notes an event in the place of one with the same file and subject, if there is one. It is on disk when this returns.
     *
     * @throws dev.agenttower.core.failure.StorageException if it cannot be stored
     */
    void note(String project, PromisedEvent promise);

    /**
     * The events that are noted for a file, in the order of their subjects.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be read
     */
    List<PromisedEvent> find(String project, String file);

    /**
     * Forgets an event; does nothing if it is not noted.
     *
     * @throws dev.agenttower.core.failure.StorageException if that cannot be stored
     */
    void remove(String project, PromisedEvent promise);

    /**
     * Forgets all events of a project.
     *
     * @throws dev.agenttower.core.failure.StorageException if that cannot be stored
     */
    void forget(String project);
}

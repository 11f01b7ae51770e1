package dev.agenttower.core.governance.change.application;

import java.util.List;

/**
 * Keeps what is remembered about the changes of projects, each under a key of its own. Thread-safe.
 *
 * <p>An implementation that outlives the process should keep it outside of the projects, where agents do not work.
 */
public interface ChangeNotes {
    /**
     * All notes of a project, in no order.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be read
     */
    List<ChangeNote> find(String project);

    /**
     * Adds notes, each in the place of one of the same kind and id. All of them are on disk when this returns.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be stored; none of them is then
     */
    void put(String project, List<ChangeNote> notes);

    /**
     * Removes the note of the same kind and id; does nothing if there is none.
     *
     * @throws dev.agenttower.core.failure.StorageException if that cannot be stored
     */
    void remove(String project, ChangeNote note);

    /**
     * Forgets a project; does nothing if it is unknown.
     *
     * @throws dev.agenttower.core.failure.StorageException if that cannot be stored
     */
    void forget(String project);
}

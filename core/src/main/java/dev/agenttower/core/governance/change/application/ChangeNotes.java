package dev.agenttower.core.governance.change.application;

import java.util.List;

/**
 * Stores the change notes of projects, each project under its own key. Thread-safe.
 *
 * <p>A persistent implementation should store them outside of the projects, where agents do not write.
 */
public interface ChangeNotes {
    /**
     * All notes of a project, in any order.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be read
     */
    List<ChangeNote> find(String project);

    /**
     * Adds notes, each replacing one of the same kind and id, in one transaction. All are on disk when this returns.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be stored; then none is
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

package dev.agenttower.core.governance.registry;

import java.util.List;
import java.util.Optional;

/**
 * The registered projects. Thread-safe. An implementation must show writes of other processes at once, and must have a change on disk when it
 * returns.
 */
public interface ProjectStore {
    /**
     * All projects, by name.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be read
     */
    List<RegisteredProject> list();

    /**
     * Stores a project, unless it conflicts with a stored one, see {@link RegisteredProject#conflictIn}.
     *
     * @return the conflicting project; empty if the project was stored
     * @throws dev.agenttower.core.failure.StorageException if it cannot be stored
     */
    Optional<RegisteredProject> add(RegisteredProject project);

    /**
     * Removes a project; returns whether it existed.
     *
     * @throws dev.agenttower.core.failure.StorageException if it cannot be removed
     */
    boolean remove(String name);
}

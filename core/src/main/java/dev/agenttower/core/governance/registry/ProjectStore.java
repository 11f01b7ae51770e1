package dev.agenttower.core.governance.registry;

import java.util.List;
import java.util.Optional;

/**
 * The registered projects. Thread-safe. An implementation must show at once what other processes wrote, and have a change on disk when it
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
     * Stores a project, unless one of those that are stored already stands against it.
     *
     * @return the stored one with the same name, or else one whose folder overlaps, which stands against it; empty if it was stored
     * @throws dev.agenttower.core.failure.StorageException if it cannot be stored
     */
    Optional<RegisteredProject> add(RegisteredProject project);

    /**
     * Removes a project; tells whether there was one.
     *
     * @throws dev.agenttower.core.failure.StorageException if it cannot be removed
     */
    boolean remove(String name);
}

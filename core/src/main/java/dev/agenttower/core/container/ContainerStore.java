package dev.agenttower.core.container;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The stored bench containers. An implementation must show writes of other processes at once, show only committed rows, and be thread-safe. */
public interface ContainerStore {
    /**
     * The containers, active ones first, then the latest scanned, then by id.
     *
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be read
     */
    List<BenchContainer> list(boolean activeOnly);

    /**
     * Runs {@code work} in one write transaction and commits it; an exception of {@code work} rolls back and propagates.
     *
     * @throws dev.agenttower.core.failure.StorageBusyException if another writer does not finish within five seconds
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be written
     */
    <T> T write(Function<Writes, T> work);

    /** The operations of a container scan within its transaction. Valid only inside {@link #write}. */
    interface Writes {
        /** The ids of all stored containers. */
        Set<ContainerId> known();

        /** The ids of the active containers. */
        Set<ContainerId> active();

        /** Stores a container as active and scanned at {@code now}; {@code first_seen_at} of a stored one is kept. */
        void upsert(InspectedContainer container, String now);

        /** Marks stored containers as scanned at {@code now} and changes nothing else; unknown ids are ignored. */
        void touch(Set<ContainerId> containers, String now);

        /** Makes containers inactive, scanned at {@code now}. */
        void deactivate(Set<ContainerId> containers, String now);

        /**
         * Stores the scan itself.
         *
         * @param withDetails whether the problems are stored; not so when the whole scan failed
         */
        void insertScan(ContainerScan scan, boolean withDetails);
    }
}

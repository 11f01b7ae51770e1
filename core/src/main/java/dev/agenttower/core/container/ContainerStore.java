package dev.agenttower.core.container;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The stored benches. An implementation must show what other processes wrote at once, show only committed rows, and be thread-safe.
 */
public interface ContainerStore {
    /**
     * The benches, active ones first, then the latest scanned, then by id.
     *
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be read
     */
    List<BenchContainer> list(boolean activeOnly);

    /**
     * Runs {@code work} in one write transaction and commits it; whatever {@code work} throws rolls back and is passed on.
     *
     * @throws dev.agenttower.core.failure.StorageBusyException if another writer does not finish within five seconds
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be written
     */
    <T> T write(Function<Writes, T> work);

    /** What a container scan may do within its transaction. Valid only inside {@link #write}. */
    interface Writes {
        /** The ids of all known benches. */
        Set<ContainerId> known();

        /** The ids of the active benches. */
        Set<ContainerId> active();

        /** Stores a bench as active and scanned at {@code now}; {@code first_seen_at} of a known bench is kept. */
        void upsert(InspectedContainer container, String now);

        /** Marks known benches as scanned at {@code now} and changes nothing else; unknown ids are ignored. */
        void touch(Set<ContainerId> containers, String now);

        /** Makes benches inactive, scanned at {@code now}. */
        void deactivate(Set<ContainerId> containers, String now);

        /**
         * Stores the scan itself.
         *
         * @param withDetails whether the problems are stored; not so when the whole scan failed
         */
        void insertScan(ContainerScan scan, boolean withDetails);
    }
}

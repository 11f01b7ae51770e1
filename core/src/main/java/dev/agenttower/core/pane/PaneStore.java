package dev.agenttower.core.pane;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stored panes. An implementation must show writes of other processes at once, show only committed rows, and be thread-safe. */
public interface PaneStore {
    /**
     * The panes of known containers, active ones first, then by container id, socket, session, window and pane index.
     *
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be read
     */
    List<Pane> list(PaneFilter filter);

    /**
     * The keys of the panes with this tmux id, in the order of {@link #list}. An implementation may override this with a faster query.
     *
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be read
     */
    default List<PaneKey> withTmuxId(String paneId) {
        return list(PaneFilter.ALL).stream()
                .map(Pane::key)
                .filter(key -> key.paneId().equals(paneId))
                .toList();
    }

    /**
     * The panes of one container, stored or not, with the fields that reconciliation needs.
     *
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be read
     */
    List<KnownPane> known(ContainerId bench);

    /**
     * The active containers that a pane scan queries, by id.
     *
     * @param only restricts to this container; null is all
     */
    List<BenchContainer> activeBenches(@Nullable ContainerId only);

    /**
     * Runs {@code work} in one write transaction and commits it; an exception of {@code work} rolls back and propagates.
     *
     * @throws dev.agenttower.core.failure.StorageBusyException if another writer does not finish within five seconds
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be written
     */
    <T> T write(Function<Writes, T> work);

    /** The operations of a pane scan within its transaction. Valid only inside {@link #write}. */
    interface Writes {
        /** Those of these containers that are inactive or gone. */
        Set<ContainerId> inactiveAmong(Set<ContainerId> containers);

        /** Inactive containers with at least one pane row, active or not; {@code only} restricts to one container, null is all. */
        Set<ContainerId> inactiveWithPanes(@Nullable ContainerId only);

        /** Every stored pane of the given containers. */
        List<KnownPane> panesOf(Set<ContainerId> containers);

        /**
         * Moves panes: their rows, their identities, their agents and the log attachments of those. An entry at the target of a move that is not
         * moved itself goes to {@linkplain PaneMoves#leftFor the address left for it}.
         */
        void move(PaneMoves moves);

        /** Replaces the identities of stored panes. */
        void identify(Map<PaneKey, PaneIdentity> identities);

        /** Stores a pane; {@code first_seen_at} of a known one is kept. */
        void upsert(Collection<Pane> panes);

        /** Marks panes as scanned at {@code at} and changes nothing else. */
        void touch(Collection<PaneKey> panes, String at);

        /** Makes panes inactive, scanned at {@code at}, and with them the agents that are bound to them. */
        void deactivate(Collection<PaneKey> panes, String at);

        /** Records {@code at} as the last time that the agents of the given panes were seen. */
        void markAgentsSeen(Collection<PaneKey> panes, String at);

        /** Makes the active log attachments of the given panes stale and returns them. */
        List<StaleAttachment> staleAttachments(Collection<PaneKey> panes, String at);

        /**
         * Stores the scan itself.
         *
         * @param withDetails whether the problems are stored; not so when the whole scan failed
         */
        void insertScan(PaneScan scan, boolean withDetails);
    }

    /**
     * The fields of a stored pane that reconciliation needs.
     *
     * @param server null where unknown, as in rows written by another program
     */
    record KnownPane(PaneKey key, boolean active, @Nullable TmuxServer server) {}

    /**
     * A log attachment that became stale.
     *
     * @param source how it was made: {@code explicit} or {@code register_self}
     */
    record StaleAttachment(
            String attachmentId,
            String agentId,
            String logPath,
            @Nullable String priorPipeTarget,
            String source) {}
}

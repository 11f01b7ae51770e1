package dev.agenttower.core.pane;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stored panes. An implementation must show what other processes wrote at once, show only committed rows, and be thread-safe.
 */
public interface PaneStore {
    /**
     * The panes of known containers, active ones first, then by container id, socket, session, window and pane index.
     *
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be read
     */
    List<Pane> list(PaneFilter filter);

    /**
     * The keys of the panes with this tmux id, in the order of {@link #list}. An implementation may be quicker than this one.
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
     * The panes of one bench, whether or not that is stored, with what reconciliation needs of them.
     *
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be read
     */
    List<KnownPane> known(ContainerId bench);

    /**
     * The active benches, by id, that a pane scan asks.
     *
     * @param only restricts to this bench; null is all
     */
    List<BenchContainer> activeBenches(@Nullable ContainerId only);

    /**
     * Runs {@code work} in one write transaction and commits it; whatever {@code work} throws rolls back and is passed on.
     *
     * @throws dev.agenttower.core.failure.StorageBusyException if another writer does not finish within five seconds
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be written
     */
    <T> T write(Function<Writes, T> work);

    /** What a pane scan may do within its transaction. Valid only inside {@link #write}. */
    interface Writes {
        /** Which of these benches are inactive or gone by now. */
        Set<ContainerId> inactiveAmong(Set<ContainerId> containers);

        /** Inactive benches that have at least one pane row, active or not; {@code only} restricts to one bench, null is all. */
        Set<ContainerId> inactiveWithPanes(@Nullable ContainerId only);

        /** Every stored pane of the given benches. */
        List<KnownPane> panesOf(Set<ContainerId> containers);

        /**
         * Moves panes: their rows, their identities, their agents and the log attachments of those. What stands at an address to which
         * something of its kind is moved, and is not moved itself, goes to the {@linkplain PaneMoves#leftFor address that is left for it}.
         */
        void move(PaneMoves moves);

        /** Notes the identities of stored panes, in place of what was noted before. */
        void identify(Map<PaneKey, PaneIdentity> identities);

        /** Stores a pane; {@code first_seen_at} of a known one is kept. */
        void upsert(Collection<Pane> panes);

        /** Marks panes as scanned at {@code at} and changes nothing else. */
        void touch(Collection<PaneKey> panes, String at);

        /** Makes panes inactive, scanned at {@code at}, and with them the agents that are bound to them. */
        void deactivate(Collection<PaneKey> panes, String at);

        /** Notes for every agent whose pane is among the given ones that it was seen at {@code at}. */
        void markAgentsSeen(Collection<PaneKey> panes, String at);

        /** Makes the active log attachments of the given panes stale and tells which they were. */
        List<StaleAttachment> staleAttachments(Collection<PaneKey> panes, String at);

        /**
         * Stores the scan itself.
         *
         * @param withDetails whether the problems are stored; not so when the whole scan failed
         */
        void insertScan(PaneScan scan, boolean withDetails);
    }

    /**
     * A stored pane as far as reconciliation needs it.
     *
     * @param server null where it is not known, as in rows that another program has written
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

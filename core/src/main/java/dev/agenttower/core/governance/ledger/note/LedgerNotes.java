package dev.agenttower.core.governance.ledger.note;

import java.util.List;
import java.util.Optional;

/**
 * Stores notes on the ledgers of projects, each project under its own key. Thread-safe.
 *
 * <p>A persistent implementation should store them outside of the projects, where agents do not write. All methods throw
 * {@link dev.agenttower.core.failure.StorageException} if the notes cannot be read or stored; a failed write changes nothing.
 */
public interface LedgerNotes {
    /** The note on a ledger; empty if there is none. */
    Optional<LedgerNote> find(String project);

    /**
     * Replaces the note on a ledger. It survives the process when this returns.
     *
     * @param isDurable whether it must also survive a power loss, which takes longer
     */
    void save(String project, LedgerNote note, boolean isDurable);

    /** The external events on a ledger, in its order. */
    List<ExternalEvents> external(String project);

    /** Adds external events, replacing those with the same start; on disk when this returns. */
    void put(String project, ExternalEvents events);

    /** Removes all external events of a ledger that a new chain has replaced. */
    void clear(String project);

    /** Forgets a project; does nothing if it is unknown. */
    void forget(String project);
}

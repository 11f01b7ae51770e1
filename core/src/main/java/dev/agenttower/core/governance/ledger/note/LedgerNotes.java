package dev.agenttower.core.governance.ledger.note;

import java.util.List;
import java.util.Optional;

/**
 * Keeps what is known of the ledgers of projects, each under a key of its own. Thread-safe.
 *
 * <p>An implementation that outlives the process should keep it outside of the projects, where agents do not work. All methods throw
 * {@link dev.agenttower.core.failure.StorageException} where the notes cannot be read or stored; of what cannot be stored nothing is then.
 */
public interface LedgerNotes {
    /** What is known of a ledger; empty if it was never looked at. */
    Optional<LedgerNote> find(String project);

    /**
     * Replaces what is known of a ledger. It outlives the process when this returns.
     *
     * @param isDurable whether it must outlive a loss of power, too; that takes longer
     */
    void save(String project, LedgerNote note, boolean isDurable);

    /** The events of others on a ledger, in its order. */
    List<ExternalEvents> external(String project);

    /** Adds events of others, in the place of those with the same beginning; on disk when this returns. */
    void put(String project, ExternalEvents events);

    /** Forgets all events of others on a ledger: another one has taken its place. */
    void clear(String project);

    /** Forgets a project; does nothing if it is unknown. */
    void forget(String project);
}

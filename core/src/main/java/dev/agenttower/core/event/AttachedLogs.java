package dev.agenttower.core.event;

import dev.agenttower.core.log.LogFile;
import java.util.List;
import java.util.Optional;

/**
 * The logs that are read. An implementation must show writes of other processes at once, and be thread-safe.
 *
 * <p>Every method throws {@link dev.agenttower.core.failure.StorageException} if the store cannot be read or written.
 */
public interface AttachedLogs {
    /**
     * The active and the stale log attachments, and those that have an open window, in one consistent state. An attachment that is neither
     * active nor stale counts as stale. A log of several stale attachments of one agent is only that of the latest.
     */
    List<AttachedLog> list();

    /**
     * Stores everything of a visit in one transaction.
     *
     * @return the events with their ids; empty, and nothing is stored, if the offset is no longer that which the visit began with
     */
    Optional<List<Event>> commit(LogCommit visit);

    /**
     * Begins a log anew that was rotated or truncated: all offsets are 0.
     *
     * @return false, and nothing changes, if the offset is no longer {@code from}
     */
    boolean restart(AttachedLog log, ReadOffset from, LogFile file, String at);

    /** Makes an active attachment stale; false if it is not active any more. */
    boolean markStale(AttachedLog log, String at);
}

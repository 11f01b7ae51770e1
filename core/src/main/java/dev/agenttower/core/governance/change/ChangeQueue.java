package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.QueuedFields;
import java.util.List;
import java.util.function.Function;

/**
 * The change requests of a project, in the order of submission. Thread-safe.
 */
public interface ChangeQueue {
    /**
     * All requests, as a consistent snapshot. Their payloads may be loaded lazily, see {@link QueuedFields}. A missing queue is empty, and
     * reading does not create it.
     *
     * @throws ChangeQueueException if the queue cannot be read
     */
    List<ChangeRequest> requests();

    /**
     * The number of pending requests.
     *
     * @throws ChangeQueueException if the queue cannot be read
     */
    default long pending() {
        return requests().stream().filter(ChangeRequest::isPending).count();
    }

    /**
     * Runs {@code work} with exclusive write access to the queue. An implementation must keep out every other writer, including those of other
     * processes, until {@code work} returns. {@link Writing#save} must be atomic, and its result must be on disk when it returns.
     *
     * @throws ChangeQueueException if the queue cannot be locked, read or written
     */
    <T> T exclusively(Function<Writing, T> work);

    /** Exclusive access to the queue. */
    interface Writing {
        /** All requests. */
        List<ChangeRequest> requests();

        /**
         * Replaces all requests. An implementation may drop the oldest decided requests beyond
         * {@link dev.agenttower.core.governance.Limits#DECIDED}.
         */
        void save(List<ChangeRequest> requests);
    }
}

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
     * All of them, as they are at one moment; what they propose may be read only when it is asked for, see {@link QueuedFields}. A missing queue
     * is empty, and reading does not create it.
     *
     * @throws ChangeQueueException if the queue cannot be read
     */
    List<ChangeRequest> requests();

    /**
     * How many of them wait for a decision.
     *
     * @throws ChangeQueueException if the queue cannot be read
     */
    default long pending() {
        return requests().stream().filter(ChangeRequest::isPending).count();
    }

    /**
     * Gives the queue to one writer alone. An implementation must keep out every other writer, of other processes too, until the work returns,
     * and have what is saved on disk, as a whole, when {@link Writing#save} returns.
     *
     * @throws ChangeQueueException if the queue cannot be locked, read or written
     */
    <T> T exclusively(Function<Writing, T> work);

    /** The queue, in the hands of one writer. */
    interface Writing {
        /** All requests. */
        List<ChangeRequest> requests();

        /** Replaces all requests. The oldest decided ones beyond {@link dev.agenttower.core.governance.Limits#DECIDED} need not be kept. */
        void save(List<ChangeRequest> requests);
    }
}

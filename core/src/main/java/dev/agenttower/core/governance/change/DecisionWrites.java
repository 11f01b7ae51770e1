package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.QueuedRequests;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.note.ReportedWrites;
import java.util.List;

/** Writes proposals, rejections and withdrawals to the queue, each together with its ledger event. Thread-safe. */
public final class DecisionWrites {
    private final ChangeQueue queue;
    private final ReportedWrites writes;

    /**
     * Writes to one queue.
     *
     * @param writes the writes to the file of the queue
     */
    public DecisionWrites(ChangeQueue queue, ReportedWrites writes) {
        this.queue = queue;
        this.writes = writes;
    }

    /** Appends missing events of earlier writes, by this process or one that has ended. Call it before any decision and periodically. */
    public void recover() {
        if (writes.isInterrupted()) {
            queue.exclusively(writing -> {
                settle(writing);
                return writing;
            });
        }
    }

    void add(ChangeQueue.Writing writing, ChangeRequest proposed, EventDraft event) {
        writes.write(
                proposed.id(),
                proposed.status(),
                event,
                () -> writing.save(QueuedRequests.with(writing.requests(), proposed)),
                () -> writing.save(QueuedRequests.without(writing.requests(), proposed)));
    }

    void write(ChangeQueue.Writing writing, ChangeRequest decided, EventDraft event) {
        List<ChangeRequest> before = writing.requests();
        writes.write(
                decided.id(),
                decided.status(),
                event,
                () -> writing.save(QueuedRequests.replaced(before, decided)),
                () -> writing.save(before));
    }

    /** Like {@link #recover()}. The caller must hold the queue. */
    void settle(ChangeQueue.Writing writing) {
        writes.settle(promise -> writing.requests().stream()
                .anyMatch(request -> request.id().equals(promise.subject())
                        && request.status().equals(promise.shown())));
    }
}

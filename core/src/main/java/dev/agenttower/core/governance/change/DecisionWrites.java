package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.ToldWrites;
import java.util.List;

/** Writes decisions that change no file but the queue, each with its event. Thread-safe. */
public final class DecisionWrites {
    private final ChangeQueue queue;
    private final ToldWrites writes;

    /**
     * Decisions about one queue.
     *
     * @param writes the writes to its file
     */
    public DecisionWrites(ChangeQueue queue, ToldWrites writes) {
        this.queue = queue;
        this.writes = writes;
    }

    /** Gives the decisions that a process had written when it ended their events. To be called once before anything is decided. */
    public void recover() {
        if (writes.isInterrupted()) {
            queue.exclusively(writing -> {
                settle(writing);
                return writing;
            });
        }
    }

    void write(ChangeQueue.Writing writing, ChangeRequest decided, EventDraft event) {
        List<ChangeRequest> before = writing.requests();
        writes.write(
                decided.id(),
                decided.status(),
                event,
                () -> writing.save(Pending.replaced(before, decided)),
                () -> writing.save(before));
    }

    /** Does as {@link #recover()}, for one who holds the queue. */
    void settle(ChangeQueue.Writing writing) {
        writes.settle(promise -> writing.requests().stream()
                .anyMatch(request -> request.id().equals(promise.subject())
                        && request.status().equals(promise.shown())));
    }
}

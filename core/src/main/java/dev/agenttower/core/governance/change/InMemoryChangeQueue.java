package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import java.util.List;
import java.util.function.Function;

/** A queue in memory. Thread-safe. */
public final class InMemoryChangeQueue implements ChangeQueue {
    private List<ChangeRequest> requests;

    /** An empty queue. */
    public InMemoryChangeQueue() {
        this(List.of());
    }

    /** A queue of these requests. */
    public InMemoryChangeQueue(List<ChangeRequest> requests) {
        this.requests = List.copyOf(requests);
    }

    @Override
    public synchronized List<ChangeRequest> requests() {
        return requests;
    }

    @Override
    public synchronized <T> T exclusively(Function<Writing, T> work) {
        return work.apply(new Writing() {
            @Override
            public List<ChangeRequest> requests() {
                return requests;
            }

            @Override
            public void save(List<ChangeRequest> changed) {
                requests = List.copyOf(changed);
            }
        });
    }
}

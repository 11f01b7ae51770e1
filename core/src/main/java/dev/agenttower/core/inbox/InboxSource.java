package dev.agenttower.core.inbox;

import java.util.List;

/** A source of items. An implementation must be thread-safe, and must not wait for another call that is still at work. */
@FunctionalInterface
public interface InboxSource {
    /**
     * What waits now, in the order in which it began to wait.
     *
     * @throws dev.agenttower.core.failure.StorageException if that cannot be read
     */
    List<InboxItem> waiting();
}

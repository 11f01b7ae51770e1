package dev.agenttower.core.queue;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.event.Events;
import dev.agenttower.core.event.Span;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.queue.message.QueuedMessage;

/** Makes an event {@code manual_review_needed} of each message whose receipt is missing, which belongs to no log. Thread-safe. */
public final class MissedEvents implements ReceiptWatch.Listener {
    private static final Span NOWHERE = new Span(0, 0);

    private final Events events;

    /** Events in this store. */
    public MissedEvents(Events events) {
        this.events = requireNonNull(events, "events");
    }

    @Override
    public void missed(QueuedMessage message, String at) {
        try {
            events.store()
                    .append(new Event(
                            0,
                            EventType.MANUAL_REVIEW_NEEDED.wire(),
                            message.target().agentId(),
                            "",
                            "",
                            NOWHERE,
                            NOWHERE,
                            at,
                            "a prompt was typed, and no hook of the agent has shown it (msg=" + message.messageId()
                                    + ")",
                            "queue.receipt_missing.v1",
                            Event.Debounced.NONE,
                            1));
        } catch (StorageException lost) {
            return; // The mark of the message stays.
        }
        events.following().stored();
    }
}

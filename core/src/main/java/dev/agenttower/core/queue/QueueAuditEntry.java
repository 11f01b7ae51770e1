package dev.agenttower.core.queue;

import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.QueuedMessage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A transition as the audit records it. The store keeps it as an event, and until it is on the audit trail.
 *
 * @param observedAt the time stamp of the transition
 * @param messageId the message; null for the kill switch
 * @param agentId the agent that the event belongs to
 * @param from the state before, or null
 * @param to the state after
 * @param reason why a message was blocked or failed, or which block was resolved; or null
 * @param operator who decided, or null
 * @param excerpt the excerpt of a new or delivered message, else empty; for the kill switch, a sentence
 */
public record QueueAuditEntry(
        Transition type,
        String observedAt,
        @Nullable String messageId,
        String agentId,
        @Nullable String from,
        String to,
        @Nullable String reason,
        @Nullable String operator,
        String excerpt) {

    /** A transition without an excerpt. */
    static QueueAuditEntry of(
            Transition type,
            QueuedMessage message,
            MessageProgress next,
            @Nullable String reason,
            @Nullable String operator) {
        return new QueueAuditEntry(
                type,
                next.lastUpdatedAt(),
                message.messageId(),
                message.target().agentId(),
                message.state().wire(),
                next.state().wire(),
                reason,
                operator,
                type == Transition.DELIVERED ? message.excerpt() : "");
    }

    /** A new message. */
    static QueueAuditEntry enqueued(QueuedMessage message) {
        BlockReason reason = message.progress().blockReason();
        return new QueueAuditEntry(
                Transition.ENQUEUED,
                message.enqueuedAt(),
                message.messageId(),
                message.target().agentId(),
                null,
                message.state().wire(),
                reason == null ? null : reason.wire(),
                null,
                message.excerpt());
    }

    /** A change of the kill switch. */
    static QueueAuditEntry toggled(RoutingSwitch before, RoutingSwitch after) {
        return new QueueAuditEntry(
                Transition.TOGGLED,
                after.lastUpdatedAt(),
                null,
                after.lastUpdatedBy(),
                before.value(),
                after.value(),
                null,
                after.lastUpdatedBy(),
                "routing " + after.value() + " (was " + before.value() + ")");
    }

    /** The kind of transition. */
    public enum Transition {
        /** A message was stored. */
        ENQUEUED,
        /** A message was typed and submitted. */
        DELIVERED,
        /** A check before the delivery blocked a message. */
        BLOCKED,
        /** A delivery failed. */
        FAILED,
        /** An operator gave a message up. */
        CANCELED,
        /** An operator queued a message again. */
        APPROVED,
        /** An operator blocked a message. */
        DELAYED,
        /** The kill switch was changed. */
        TOGGLED;

        private final String wire =
                name().equals("TOGGLED") ? "routing_toggled" : "queue_message_" + name().toLowerCase(Locale.ROOT);

        /** The type of the event. */
        public String wire() {
            return wire;
        }
    }
}

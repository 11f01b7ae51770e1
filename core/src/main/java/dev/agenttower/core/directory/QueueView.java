package dev.agenttower.core.directory;

import dev.agenttower.core.page.Cells;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.Excerpt;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.time.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * A message of the queue as shown in a control panel.
 *
 * @param state as stored
 * @param statePriority 1 to 5, 99 for a state outside the closed set
 * @param blockReason why it is blocked, or null
 * @param failureReason why its delivery failed, or null
 * @param payloadPreview the redacted beginning of its body
 */
public record QueueView(
        String messageId,
        String state,
        int statePriority,
        @Nullable String blockReason,
        @Nullable String failureReason,
        String senderAgentId,
        String targetAgentId,
        String payloadPreview,
        String enqueuedAt,
        String lastUpdatedAt) {
    /** The list of messages. Its filters {@code since} and {@code until} bound the time when a message was sent. */
    public static final ListDefinition<QueueView> LIST = ListDefinition.of("app.queue.list", QueueView::read)
            .text("message_id", QueueView::messageId)
            .text("state", QueueView::state)
            .number("state_priority", QueueView::statePriority)
            .text("block_reason", QueueView::blockReason)
            .text("failure_reason", QueueView::failureReason)
            .text("sender_agent_id", QueueView::senderAgentId)
            .text("target_agent_id", QueueView::targetAgentId)
            .text("payload_preview", QueueView::payloadPreview)
            .text("enqueued_at", QueueView::enqueuedAt)
            .text("last_updated_at", QueueView::lastUpdatedAt)
            .filter("state")
            .filter("sender_agent_id")
            .filter("target_agent_id")
            .period("enqueued_at", Timestamps::millis)
            .order("default", "state_priority", "enqueued_at", "message_id")
            .order("enqueued_at", "enqueued_at", "message_id")
            .order("last_updated_at", "last_updated_at", "message_id")
            .withoutOperators()
            .build();

    /** The view of a message. */
    public static QueueView of(QueuedMessage message) {
        BlockReason block = message.progress().blockReason();
        FailureReason failure = message.progress().failureReason();
        return new QueueView(
                message.messageId(),
                message.state().wire(),
                message.state().priority(),
                block == null ? null : block.wire(),
                failure == null ? null : failure.wire(),
                message.sender().agentId(),
                message.target().agentId(),
                message.excerpt(),
                message.enqueuedAt(),
                message.progress().lastUpdatedAt());
    }

    private static QueueView read(Cells row) {
        return new QueueView(
                row.text("message_id"),
                row.text("state"),
                (int) row.number("state_priority"),
                row.textOrNull("block_reason"),
                row.textOrNull("failure_reason"),
                row.text("sender_agent_id"),
                row.text("target_agent_id"),
                // A store reads the body, a client what is an excerpt already.
                Excerpt.of(row.text("payload_preview")),
                row.text("enqueued_at"),
                row.text("last_updated_at"));
    }
}

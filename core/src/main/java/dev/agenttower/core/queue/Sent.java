package dev.agenttower.core.queue;

import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * The result of sending.
 *
 * @param state the state in which the message was stored
 * @param blockReason why it was stored as blocked, or null
 * @param targetId the id of the target agent
 * @param repeated whether an earlier request with the same key stored it
 */
public record Sent(
        String messageId, MessageState state, @Nullable BlockReason blockReason, String targetId, boolean repeated) {}

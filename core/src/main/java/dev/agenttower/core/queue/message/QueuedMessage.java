package dev.agenttower.core.queue.message;

import dev.agenttower.core.container.ContainerId;

/**
 * A stored message without its body. Sender, target and pane are as they were when it was sent.
 *
 * @param messageId a UUID in lower case
 * @param targetPaneId tmux's id of the pane, such as {@code %3}
 * @param bodySha256 the SHA-256 of the body, 64 hex digits
 * @param envelopeSize the size of headers and body, in bytes
 * @param enqueuedAt when it was sent, UTC with three digits of fraction; orders the messages of a target
 * @param excerpt the beginning of the body, redacted, on one line; see {@link Excerpt}
 */
public record QueuedMessage(
        String messageId,
        Participant sender,
        Participant target,
        ContainerId targetContainer,
        String targetPaneId,
        String bodySha256,
        int envelopeSize,
        String enqueuedAt,
        MessageSource source,
        SendOptions options,
        String excerpt,
        MessageProgress progress) {
    /** The state. */
    public MessageState state() {
        return progress.state();
    }

    /** This message in another progress. */
    public QueuedMessage at(MessageProgress next) {
        return new QueuedMessage(
                messageId,
                sender,
                target,
                targetContainer,
                targetPaneId,
                bodySha256,
                envelopeSize,
                enqueuedAt,
                source,
                options,
                excerpt,
                next);
    }
}

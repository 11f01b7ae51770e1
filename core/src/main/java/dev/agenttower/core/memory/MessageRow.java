package dev.agenttower.core.memory;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.MessageSource;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.Origin;
import dev.agenttower.core.queue.message.Participant;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.SendOptions;
import java.nio.charset.StandardCharsets;

/** A stored message with its body. */
public record MessageRow(QueuedMessage message, PromptBody body) {
    private static final byte[] BODY = "body".getBytes(StandardCharsets.UTF_8);

    /**
     * A row of which only the columns matter that figures need.
     *
     * @param state {@code queued}, {@code blocked}, {@code delivered}, {@code canceled} or {@code failed}
     * @param origin {@code direct} or {@code route}
     */
    public MessageRow(String messageId, String state, String origin, String targetAgentId, String enqueuedAt) {
        this(
                new QueuedMessage(
                        messageId,
                        new Participant("sender", "sender", "master", null),
                        new Participant(targetAgentId, "target", "slave", null),
                        new ContainerId("container"),
                        "%1",
                        "0",
                        BODY.length,
                        enqueuedAt,
                        new MessageSource(Origin.parse(origin).orElseThrow(), null, null),
                        SendOptions.NONE,
                        "body",
                        progress(MessageState.parse(state).orElseThrow(), enqueuedAt)),
                PromptBody.stored(BODY));
    }

    private static MessageProgress progress(MessageState state, String at) {
        return new MessageProgress(
                state,
                null,
                null,
                null,
                null,
                state == MessageState.DELIVERED ? at : null,
                state == MessageState.FAILED ? at : null,
                state == MessageState.CANCELED ? at : null,
                at,
                null);
    }

    /** The id. */
    public String messageId() {
        return message.messageId();
    }

    /** The state on the wire. */
    public String state() {
        return message.state().wire();
    }

    /** The origin on the wire. */
    public String origin() {
        return message.source().origin().wire();
    }

    /** The id of the target. */
    public String targetAgentId() {
        return message.target().agentId();
    }

    /** When it was sent. */
    public String enqueuedAt() {
        return message.enqueuedAt();
    }
}

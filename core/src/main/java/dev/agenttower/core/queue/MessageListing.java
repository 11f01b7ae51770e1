package dev.agenttower.core.queue;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.queue.MessageFilter.Party;
import dev.agenttower.core.queue.message.QueuedMessage;
import java.util.List;
import java.util.Optional;

/** Reads messages. Thread-safe. */
public final class MessageListing {
    private final MessageStore store;
    private final PromptSending sending;

    MessageListing(MessageStore store, PromptSending sending) {
        this.store = store;
        this.sending = sending;
    }

    /** The messages that a filter selects, the oldest first. */
    public List<QueuedMessage> list(MessageFilter filter) {
        return store.list(filter);
    }

    /** One message. */
    public Optional<QueuedMessage> find(String messageId) {
        return store.find(messageId);
    }

    /**
     * The target that a person means: an agent as {@link PromptSending#resolve}; else, of an agent that is gone, the id or label in messages.
     *
     * @throws RefusedException {@code AGENT_NOT_FOUND} or {@code TARGET_LABEL_AMBIGUOUS}
     */
    public Party target(String idOrLabel) {
        return party(idOrLabel, true);
    }

    /** The sender that a person means, like {@link #target}. */
    public Party sender(String idOrLabel) {
        return party(idOrLabel, false);
    }

    private Party party(String idOrLabel, boolean isTarget) {
        try {
            return new Party(sending.resolve(idOrLabel).id().value(), false);
        } catch (RefusedException refusal) {
            Party gone = new Party(idOrLabel, true);
            MessageFilter mentions =
                    new MessageFilter(null, isTarget ? gone : null, isTarget ? null : gone, null, null, null, 1, false);
            if (refusal.code() != ErrorCode.AGENT_NOT_FOUND
                    || store.list(mentions).isEmpty()) {
                throw refusal;
            }
            return gone;
        }
    }
}

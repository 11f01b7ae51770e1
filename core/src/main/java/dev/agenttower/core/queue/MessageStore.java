package dev.agenttower.core.queue;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.Receipt;
import dev.agenttower.core.queue.message.RequestKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stored messages, the kill switch and the audit entries that wait for the audit trail. An implementation must show writes of other processes
 * at once, show only committed rows, and be thread-safe. Every method throws {@link dev.agenttower.core.failure.StorageException} if the store
 * cannot be read or written.
 */
public interface MessageStore {
    /** The messages in the order of {@code enqueued_at} and id, the oldest first. */
    List<QueuedMessage> list(MessageFilter filter);

    /** One message. */
    Optional<QueuedMessage> find(String messageId);

    /** The receipts of messages, by their ids; a message without one is left out. */
    Map<String, Receipt> receipts(Collection<String> messageIds);

    /**
     * The messages to these agents that were typed within a time and have no receipt, the oldest first: no commands, and none that are
     * {@linkplain Writes#missed marked} already.
     *
     * @param from UTC with three digits of fraction, included, as {@code to}
     */
    List<QueuedMessage> unreceived(Collection<AgentId> targets, String from, String to);

    /** The kill switch; disabled if its row is missing. */
    RoutingSwitch routing();

    /**
     * The oldest message of each pane that waits for its delivery, of those that are to be typed now and of the others, in the order of
     * {@link #list}; none while routing is disabled.
     */
    List<WaitingMessage> heads();

    /** The message that was sent with a key, if the key is remembered. */
    Optional<KeyedMessage> sentWith(RequestKey key);

    /** The number of audit entries that are not on the audit trail. */
    long unwrittenAudits();

    /** The oldest audit entries that are not on the audit trail, in the order of their transitions. */
    List<UnwrittenAudit> unwrittenAudits(int limit);

    /**
     * Runs {@code work} in one write transaction and commits it; an exception of {@code work} rolls back and propagates.
     *
     * @throws dev.agenttower.core.failure.StorageBusyException if another writer does not finish within five seconds
     */
    <T> T write(Function<Writes, T> work);

    /** Operations on messages within a transaction. Valid only inside {@link #write}. */
    interface Writes {
        /** One message. */
        Optional<QueuedMessage> find(String messageId);

        /** The messages whose delivery attempt was begun and not ended. */
        List<QueuedMessage> inFlight();

        /** The kill switch; disabled if its row is missing. */
        RoutingSwitch routing();

        /** An agent, active or not. */
        Optional<Agent> agent(AgentId id);

        /** Whether the container is stored and active. */
        boolean isContainerActive(ContainerId container);

        /** Whether an active pane with this tmux id is stored in the container. */
        boolean isPaneActive(ContainerId container, String paneId);

        /** Where to type for an agent: its pane, if that is stored and active. */
        Optional<TypingTarget> typingTarget(AgentId agent);

        /** The body of a stored message. */
        PromptBody body(String messageId);

        /** The process of the target's pane when a waiting message began to wait; empty if unknown. */
        OptionalLong paneProcess(String messageId);

        /**
         * Whether a message waits for its delivery to a pane.
         *
         * @param now whether only messages count that are to be typed now
         */
        boolean isWaitedFor(ContainerId container, String paneId, boolean now);

        /** The oldest messages that wait for their delivery to a pane, without those that are to be typed now. */
        List<QueuedMessage> waiting(ContainerId container, String paneId, int limit);

        /** Stores that messages are typed as one prompt, under the id of the first one. */
        void join(List<String> messageIds);

        /** The latest {@code enqueued_at} of messages to an agent; null if there are none. */
        @Nullable String lastEnqueuedAt(String targetId);

        /** Stores a new message. */
        void insert(QueuedMessage message, PromptBody body);

        /** Replaces the progress of a message if it is still {@code before}; returns whether it was. */
        boolean replace(String messageId, MessageProgress before, MessageProgress after);

        /** The latest prompts to an agent, at most {@link #MOST_UNREAD}, that are or were typed and have no receipt; the oldest first. */
        List<Unread> unread(AgentId target);

        /** Stores that a message was received. */
        void received(String messageId, String at);

        /** Marks a message whose receipt is missing, until it is received; returns false if it was received or marked before. */
        boolean missed(String messageId, String at);

        /** Stores an answer to all messages to an agent that were received and not answered, and returns their ids. */
        List<String> answered(AgentId target, String at, String answer);

        /** Stores an audit entry as an event, and keeps it until {@link #written}. */
        void audit(QueueAuditEntry entry);

        /** Marks audit entries as written to the audit trail. */
        void written(Collection<Long> eventIds);

        /** Stores the kill switch. */
        void setRouting(RoutingSwitch routing);

        /** The message that was sent with a key, if the key is remembered. */
        Optional<KeyedMessage> sentWith(RequestKey key);

        /** Remembers the key of a message, and drops the oldest keys of its scope beyond {@link RequestKey#REMEMBERED}. */
        void remember(RequestKey key, KeyedMessage message);

        /** Drops the keys of all scopes that begin with a text. */
        void forgetKeys(String scopePrefix);
    }

    /** The most messages of an agent that are looked at for a receipt. */
    int MOST_UNREAD = 20;

    /**
     * A typed prompt without a receipt.
     *
     * @param messages the messages that were typed as this prompt, the oldest first
     */
    record Unread(List<Typed> messages) {}

    /** A typed message with its body. */
    record Typed(QueuedMessage message, PromptBody body) {}

    /**
     * A message that was sent with a key.
     *
     * @param state the state in which it was stored
     * @param requestSha256 identifies target and body of the request
     */
    record KeyedMessage(
            String messageId,
            MessageState state,
            @Nullable BlockReason blockReason,
            String targetId,
            String requestSha256) {}

    /**
     * An audit entry that is not on the audit trail.
     *
     * @param entry null if another program deleted its event
     * @param message the message of the entry; null for the kill switch, and if the message was deleted
     */
    record UnwrittenAudit(
            long eventId,
            @Nullable QueueAuditEntry entry,
            @Nullable QueuedMessage message) {}
}

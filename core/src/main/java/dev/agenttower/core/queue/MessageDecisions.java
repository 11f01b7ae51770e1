package dev.agenttower.core.queue;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.queue.MessageStore.Writes;
import dev.agenttower.core.queue.QueueAuditEntry.Transition;
import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decisions of operators about single messages. All are possible while routing is disabled. Thread-safe. */
public final class MessageDecisions {
    private static final String TARGET_FORGOTTEN = "target_forgotten";

    private final MessageStore store;
    private final InstantSource clock;
    private final EndOfWaits waits;
    private final Runnable decided;

    MessageDecisions(MessageStore store, InstantSource clock, EndOfWaits waits, Runnable decided) {
        this.store = store;
        this.clock = clock;
        this.waits = waits;
        this.decided = decided;
    }

    /**
     * Queues a blocked message again, at its old place. Whether the reason of the block is gone is checked at its delivery.
     *
     * @param operator a person or an active master
     * @return the message after the decision
     * @throws RefusedException {@code SENDER_ROLE_NOT_PERMITTED} for another operator, {@code MESSAGE_ID_NOT_FOUND},
     *     {@code TERMINAL_STATE_CANNOT_CHANGE}, {@code DELIVERY_IN_PROGRESS}, or {@code APPROVAL_NOT_APPLICABLE} if it is not blocked or
     *     its block cannot be approved
     */
    public QueuedMessage approve(String messageId, Actor operator) {
        if (!operator.isMaster()) {
            throw new RefusedException(
                    ErrorCode.SENDER_ROLE_NOT_PERMITTED,
                    "only a master or a person on the host approves messages; " + operator.id() + " has role "
                            + operator.participant().role());
        }
        return decide(
                messageId,
                (writes, message) -> {
                    MessageProgress progress = message.progress();
                    BlockReason reason = progress.blockReason();
                    if (reason != null && !reason.isApprovable(writes.routing().enabled())) {
                        throw notApplicable(
                                ErrorCode.APPROVAL_NOT_APPLICABLE,
                                reason == BlockReason.KILL_SWITCH_OFF
                                        ? "routing is disabled; enable it first"
                                        : "a message that is blocked with " + reason.wire() + " cannot be approved");
                    }
                    requireOpen(message);
                    if (message.state() != MessageState.BLOCKED) {
                        throw notApplicable(
                                ErrorCode.APPROVAL_NOT_APPLICABLE, "the message is not blocked but " + wire(message));
                    }
                    return new Decision(
                            Transition.APPROVED,
                            progress.approved(operator.id(), now()),
                            reason == null ? null : reason.wire());
                },
                operator);
    }

    /**
     * Blocks a queued message until it is approved.
     *
     * @return the message after the decision
     * @throws RefusedException {@code MESSAGE_ID_NOT_FOUND}, {@code TERMINAL_STATE_CANNOT_CHANGE}, {@code DELIVERY_IN_PROGRESS}, or
     *     {@code DELAY_NOT_APPLICABLE} if it is not queued
     */
    public QueuedMessage delay(String messageId, Actor operator) {
        return decide(
                messageId,
                (writes, message) -> {
                    requireOpen(message);
                    if (message.state() != MessageState.QUEUED) {
                        throw notApplicable(
                                ErrorCode.DELAY_NOT_APPLICABLE, "the message is not queued but " + wire(message));
                    }
                    return new Decision(
                            Transition.DELAYED,
                            message.progress().delayed(operator.id(), now()),
                            BlockReason.OPERATOR_DELAYED.wire());
                },
                operator);
    }

    /**
     * Gives up a message that is queued or blocked.
     *
     * @return the message after the decision
     * @throws RefusedException {@code MESSAGE_ID_NOT_FOUND}, {@code TERMINAL_STATE_CANNOT_CHANGE} or {@code DELIVERY_IN_PROGRESS}
     */
    public QueuedMessage cancel(String messageId, Actor operator) {
        return decide(
                messageId,
                (writes, message) -> {
                    requireOpen(message);
                    return new Decision(Transition.CANCELED, message.progress().canceled(operator.id(), now()), null);
                },
                operator);
    }

    /**
     * Gives up all messages to an agent that was removed; those that are being typed at this moment end by themselves.
     *
     * @param by who removed it
     * @return how many were given up
     */
    public int cancelFor(AgentId target, String by) {
        int canceled = 0;
        for (MessageState open : List.of(MessageState.QUEUED, MessageState.BLOCKED)) {
            MessageFilter waiting = new MessageFilter(
                    open,
                    new MessageFilter.Party(target.value(), false),
                    null,
                    null,
                    null,
                    null,
                    Integer.MAX_VALUE,
                    false);
            for (QueuedMessage message : store.list(waiting)) {
                canceled += cancelOpen(message.messageId(), by) ? 1 : 0;
            }
        }
        return canceled;
    }

    private boolean cancelOpen(String messageId, String by) {
        try {
            decide(
                    messageId,
                    (writes, message) -> {
                        requireOpen(message);
                        return new Decision(
                                Transition.CANCELED, message.progress().canceled(by, now()), TARGET_FORGOTTEN);
                    },
                    by);
            return true;
        } catch (RefusedException decidedMeanwhile) {
            return false;
        }
    }

    private QueuedMessage decide(String messageId, Rule rule, Actor operator) {
        return decide(messageId, rule, operator.id());
    }

    private QueuedMessage decide(String messageId, Rule rule, String operatorId) {
        QueuedMessage decidedOn = store.write(writes -> {
            QueuedMessage message = writes.find(messageId)
                    .orElseThrow(() -> new RefusedException(
                            ErrorCode.MESSAGE_ID_NOT_FOUND,
                            "no message has the id " + messageId,
                            Map.of("message_id", messageId)));
            Decision decision = rule.decide(writes, message);
            if (!writes.replace(messageId, message.progress(), decision.next)) {
                throw new IllegalStateException("message " + messageId + " changed within a transaction");
            }
            writes.audit(QueueAuditEntry.of(decision.type, message, decision.next, decision.reason, operatorId));
            return message.at(decision.next);
        });
        if (decidedOn.progress().endsWait()) {
            waits.ended(messageId);
        }
        decided.run();
        return decidedOn;
    }

    private static void requireOpen(QueuedMessage message) {
        if (message.state().isTerminal()) {
            throw notApplicable(
                    ErrorCode.TERMINAL_STATE_CANNOT_CHANGE,
                    "the message is " + wire(message) + ", which cannot be changed");
        }
        if (message.progress().isInFlight()) {
            throw notApplicable(
                    ErrorCode.DELIVERY_IN_PROGRESS, "the message is being typed into its pane at this moment");
        }
    }

    private static RefusedException notApplicable(ErrorCode code, String message) {
        return new RefusedException(code, message);
    }

    private static String wire(QueuedMessage message) {
        return message.state().wire();
    }

    private String now() {
        return Timestamps.millis(clock.instant());
    }

    private interface Rule {
        Decision decide(Writes writes, QueuedMessage message);
    }

    private record Decision(
            Transition type, MessageProgress next, @Nullable String reason) {}
}

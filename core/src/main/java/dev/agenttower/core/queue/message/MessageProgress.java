package dev.agenttower.core.queue.message;

import org.jspecify.annotations.Nullable;

/**
 * The state machine of a message: all of a message that changes. Each transition returns the next progress, and throws {@link IllegalStateException} from a state it does not
 * leave. Time stamps
 * are UTC text with three digits of fraction.
 *
 * @param blockReason null unless blocked
 * @param failureReason null unless failed
 * @param holdReason why the last attempt typed nothing; null if there was none, and outside of {@link MessageState#QUEUED}
 * @param attemptStartedAt when the delivery attempt was begun, or null
 * @param decision the latest decision of an operator, or null
 */
public record MessageProgress(
        MessageState state,
        @Nullable BlockReason blockReason,
        @Nullable FailureReason failureReason,
        @Nullable HoldReason holdReason,
        @Nullable String attemptStartedAt,
        @Nullable String deliveredAt,
        @Nullable String failedAt,
        @Nullable String canceledAt,
        String lastUpdatedAt,
        @Nullable OperatorDecision decision) {

    /** A new message: queued, or blocked if there is a reason. */
    public static MessageProgress enqueued(@Nullable BlockReason reason, String at) {
        return new MessageProgress(
                reason == null ? MessageState.QUEUED : MessageState.BLOCKED,
                reason,
                null,
                null,
                null,
                null,
                null,
                null,
                at,
                null);
    }

    /** Whether a delivery attempt is running, or was interrupted. */
    public boolean isInFlight() {
        return attemptStartedAt != null && deliveredAt == null && failedAt == null && canceledAt == null;
    }

    /** Whether it waits for its delivery. */
    public boolean isWaiting() {
        return state == MessageState.QUEUED && attemptStartedAt == null;
    }

    /** Whether a sender that waits for the delivery waits no longer. */
    public boolean endsWait() {
        return state.isTerminal() || state == MessageState.BLOCKED;
    }

    /** An attempt to deliver begins. */
    public MessageProgress stamped(String at) {
        require(isWaiting());
        return new MessageProgress(state, null, null, holdReason, at, null, null, null, at, decision);
    }

    /** The attempt typed the prompt. */
    public MessageProgress delivered(String at) {
        require(state == MessageState.QUEUED && isInFlight());
        return new MessageProgress(
                MessageState.DELIVERED, null, null, null, attemptStartedAt, at, null, null, at, decision);
    }

    /** The attempt failed, or was cut off. */
    public MessageProgress failed(FailureReason reason, String at) {
        require(isInFlight());
        return new MessageProgress(
                MessageState.FAILED, null, reason, null, attemptStartedAt, null, at, null, at, decision);
    }

    /** Back to waiting, because the attempt typed nothing. */
    public MessageProgress held(HoldReason reason, String at) {
        require(state == MessageState.QUEUED && isInFlight());
        return new MessageProgress(state, null, null, reason, null, null, null, null, at, decision);
    }

    /** The gate refuses the delivery. */
    public MessageProgress blocked(BlockReason reason, String at) {
        require(isWaiting());
        return new MessageProgress(MessageState.BLOCKED, reason, null, null, null, null, null, null, at, decision);
    }

    /** An operator holds the message back. */
    public MessageProgress delayed(String by, String at) {
        require(isWaiting());
        return decided(OperatorAction.DELAYED, MessageState.BLOCKED, BlockReason.OPERATOR_DELAYED, null, by, at);
    }

    /** An operator lets a blocked message wait for its delivery again. */
    public MessageProgress approved(String by, String at) {
        require(state == MessageState.BLOCKED && !isInFlight());
        return decided(OperatorAction.APPROVED, MessageState.QUEUED, null, null, by, at);
    }

    /** An operator ends the message. */
    public MessageProgress canceled(String by, String at) {
        require(!state.isTerminal() && !isInFlight());
        return decided(OperatorAction.CANCELED, MessageState.CANCELED, null, at, by, at);
    }

    private static MessageProgress decided(
            OperatorAction action,
            MessageState next,
            @Nullable BlockReason reason,
            @Nullable String canceledAt,
            String by,
            String at) {
        return new MessageProgress(
                next, reason, null, null, null, null, null, canceledAt, at, new OperatorDecision(action, at, by));
    }

    private void require(boolean fits) {
        if (!fits) {
            throw new IllegalStateException("no such transition from " + this);
        }
    }
}

package dev.agenttower.core.queue;

import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.Origin;
import dev.agenttower.core.queue.message.Participant;
import org.jspecify.annotations.Nullable;

/**
 * Selects messages; all conditions must hold. A null condition selects all.
 *
 * @param target the target
 * @param sender the sender
 * @param since the earliest {@code enqueued_at}, compared as text
 * @param after continues after this message
 * @param limit the most messages
 * @param isNewest whether the newest ones are selected rather than the oldest; lists begin with the oldest of them all the same
 */
public record MessageFilter(
        @Nullable MessageState state,
        @Nullable Party target,
        @Nullable Party sender,
        @Nullable String since,
        @Nullable Origin origin,
        @Nullable Position after,
        int limit,
        boolean isNewest) {
    /** All messages, up to a limit. */
    public static MessageFilter first(int limit) {
        return new MessageFilter(null, null, null, null, null, null, limit, false);
    }

    /**
     * A participant.
     *
     * @param value an id, or a label
     * @param byLabel whether messages match whose participant had this label, too
     */
    public record Party(String value, boolean byLabel) {
        /** Whether it is this participant. */
        public boolean matches(Participant participant) {
            return participant.agentId().equals(value)
                    || (byLabel && participant.label().equals(value));
        }
    }

    /** The place of a message in the order of lists. */
    public record Position(String enqueuedAt, String messageId) {}
}

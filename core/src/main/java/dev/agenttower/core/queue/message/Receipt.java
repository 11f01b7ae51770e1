package dev.agenttower.core.queue.message;

import org.jspecify.annotations.Nullable;

/**
 * What a client told of a typed message. Times are UTC text with three digits of fraction.
 *
 * @param receivedAt when its prompt hook showed the text of the message; null if it has not
 * @param answeredAt when the turn ended after that; null if it has not
 * @param answer the last message of that turn, redacted, at most 65,536 characters; null without a turn that ended
 */
public record Receipt(
        @Nullable String receivedAt,
        @Nullable String answeredAt,
        @Nullable String answer) {
    /** Nothing was told. */
    public static final Receipt NONE = new Receipt(null, null, null);
}

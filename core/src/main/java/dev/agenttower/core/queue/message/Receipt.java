package dev.agenttower.core.queue.message;

import org.jspecify.annotations.Nullable;

/**
 * What a client told of a typed message. Times are UTC text with three digits of fraction.
 *
 * @param receivedAt when its prompt hook showed the text of the message; null if it has not
 * @param answeredAt when the turn ended after that; null if it has not
 * @param answer the last message of that turn, redacted, at most 65,536 characters; null without a turn that ended
 * @param missedAt when it was found that the hook did not show it in time; null if it did, or is not heard
 */
public record Receipt(
        @Nullable String receivedAt,
        @Nullable String answeredAt,
        @Nullable String answer,
        @Nullable String missedAt) {
    /** Nothing was told. */
    public static final Receipt NONE = new Receipt(null, null, null, null);

    /** In one word: {@code answered}, {@code received}, {@code missing}, or null if nothing was told. */
    public @Nullable String word() {
        if (receivedAt != null) {
            return answeredAt == null ? "received" : "answered";
        }
        return missedAt == null ? null : "missing";
    }
}

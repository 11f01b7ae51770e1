package dev.agenttower.core.event;

import org.jspecify.annotations.Nullable;

/**
 * A log attachment with what is stored about its reading.
 *
 * @param path the file on the host
 * @param isActive whether the log is read; otherwise it is stale, and is only looked at
 * @param source {@code explicit} or {@code register_self}
 * @param statusSince when it became active or stale
 * @param isPaneGone whether its pane is stored and inactive
 * @param offset how far it is read; null if that is not stored
 * @param window the activity that is not an event yet
 * @param lastEvent the event of the attachment that was stored last
 */
public record AttachedLog(
        String attachmentId,
        String agentId,
        String path,
        boolean isActive,
        String source,
        String statusSince,
        boolean isPaneGone,
        @Nullable ReadOffset offset,
        @Nullable ActivityWindow window,
        @Nullable LastEvent lastEvent) {
    /** This log, read as far as that. */
    AttachedLog withOffset(ReadOffset read) {
        return new AttachedLog(
                attachmentId, agentId, path, isActive, source, statusSince, isPaneGone, read, window, lastEvent);
    }

    /** The event that was stored last. */
    public record LastEvent(String type, String observedAt) {}
}

package dev.agenttower.core.health;

/**
 * Work that waits for a background worker. An implementation must show what other processes wrote at once and be thread-safe.
 */
public interface WaitingWork {
    /** Messages that are queued for delivery. */
    long queuedMessages();

    /** Log attachments that are active, and so must be read. */
    long activeLogAttachments();
}

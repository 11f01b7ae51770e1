package dev.agenttower.core.health;

/** Work that waits for a background worker. An implementation must show writes of other processes at once and be thread-safe. */
public interface WaitingWork {
    /** Messages that are queued for delivery. */
    long queuedMessages();

    /** Active log attachments, which must be read. */
    long activeLogAttachments();
}

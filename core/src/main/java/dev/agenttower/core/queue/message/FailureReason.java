package dev.agenttower.core.queue.message;

import java.util.Locale;

/** Why the delivery of a message failed. */
public enum FailureReason {
    /** The daemon ended during the attempt: the prompt may or may not have reached the pane. */
    ATTEMPT_INTERRUPTED,
    /** tmux did not take or paste the prompt. */
    TMUX_PASTE_FAILED,
    /** The container engine could not run tmux. */
    DOCKER_EXEC_FAILED,
    /** The prompt was pasted but not submitted. */
    TMUX_SEND_KEYS_FAILED,
    /** The pane is gone, or another process runs in it. */
    PANE_DISAPPEARED_MID_ATTEMPT,
    /** The result could not be stored. Only older daemons write it; this one repeats the write until it succeeds. */
    SQLITE_LOCK_CONFLICT;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in the store and on the wire. */
    public String wire() {
        return wire;
    }
}

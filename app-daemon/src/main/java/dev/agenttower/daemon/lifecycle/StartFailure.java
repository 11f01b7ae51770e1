package dev.agenttower.daemon.lifecycle;

import org.jspecify.annotations.Nullable;

/** The daemon cannot start; the message is what a person reads after {@code error: }. */
public final class StartFailure extends RuntimeException {
    /** What went wrong. */
    public static final int FAILED = 1;
    /** Another daemon holds the lock. */
    static final int ALREADY_RUNNING = 2;

    private final int exitCode;
    private final String reason;

    /** A failure with exit code 1 whose reason in the log is the message. */
    public StartFailure(String message, @Nullable Throwable cause) {
        this(FAILED, message, message, cause);
    }

    /**
     * A failure.
     *
     * @param exitCode how the process ends
     * @param reason what the log says
     */
    public StartFailure(int exitCode, String message, String reason, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.reason = reason;
    }

    public int exitCode() {
        return exitCode;
    }

    public String reason() {
        return reason;
    }
}

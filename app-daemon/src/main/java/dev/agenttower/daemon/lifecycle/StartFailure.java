package dev.agenttower.daemon.lifecycle;

import org.jspecify.annotations.Nullable;

/** The daemon cannot start; the message follows {@code error: } on the terminal. */
public final class StartFailure extends RuntimeException {
    /** The start failed. */
    public static final int FAILED = 1;
    /** Another daemon holds the lock. */
    static final int ALREADY_RUNNING = 2;

    private final int exitCode;
    private final String reason;

    /** A failure with exit code 1; the message is also the reason in the log. */
    public StartFailure(String message, @Nullable Throwable cause) {
        this(FAILED, message, message, cause);
    }

    /**
     * A failure.
     *
     * @param exitCode the exit code of the process
     * @param reason the reason in the log
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

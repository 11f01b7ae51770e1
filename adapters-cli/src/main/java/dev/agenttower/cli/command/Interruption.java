package dev.agenttower.cli.command;

import org.jspecify.annotations.Nullable;

/**
 * The end of a command that runs until it is interrupted. {@link #end} is called by a signal, and ends the program with status 0. Thread-safe.
 */
public final class Interruption {
    private @Nullable Runnable farewell;

    /** No interruption so far. */
    public Interruption() {}

    /** Runs an action without an interruption in between. */
    public synchronized void guard(Runnable action) {
        action.run();
    }

    /** Sets what is done before the end. */
    public synchronized void before(Runnable action) {
        farewell = action;
    }

    /** Ends the program, after the output in progress; keeps all other output back. */
    public synchronized void end() {
        try {
            if (farewell != null) {
                farewell.run();
            }
        } finally {
            Runtime.getRuntime().halt(ExitCode.OK.status());
        }
    }
}

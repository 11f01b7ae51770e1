package dev.agenttower.cli.terminal;

import java.io.PrintStream;

/** A line on a terminal that names the current step, and is removed at the end. Silent without a terminal. */
public final class Progress implements AutoCloseable {
    private final PrintStream err;
    private final boolean isTerminal;

    /** Creates an empty line. */
    public Progress(PrintStream err, boolean isTerminal) {
        this.err = err;
        this.isTerminal = isTerminal;
    }

    /** Shows the next step. */
    public void step(String text) {
        if (isTerminal) {
            err.print("\r\u001b[K" + TerminalText.fit(TerminalText.safe(text), 78) + " …");
            err.flush();
        }
    }

    /** Removes the line. */
    @Override
    public void close() {
        if (isTerminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}

package dev.agenttower.cli.terminal;

import java.io.PrintStream;

/** One line on a terminal that says what is being done, and is gone when it is done. Without a terminal, silent. */
public final class Progress implements AutoCloseable {
    private final PrintStream err;
    private final boolean isTerminal;

    /** Creates it, with nothing to say yet. */
    public Progress(PrintStream err, boolean isTerminal) {
        this.err = err;
        this.isTerminal = isTerminal;
    }

    /** Says what begins now. */
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

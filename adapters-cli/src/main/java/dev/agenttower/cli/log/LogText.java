package dev.agenttower.cli.log;

import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.text.AnsiSequences;

/** Lines of logs for readers. */
final class LogText {
    private LogText() {}

    /** A line without escape sequences and without what a terminal may interpret. */
    static String plain(String line) {
        return TerminalText.safe(AnsiSequences.strip(line).replace('\t', ' ').replace("\r", ""));
    }
}

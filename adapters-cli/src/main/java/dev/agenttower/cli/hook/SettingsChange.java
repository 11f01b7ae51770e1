package dev.agenttower.cli.hook;

import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.lifecycle.UnusableFileException;
import dev.agenttower.cli.terminal.TerminalText;
import java.io.IOException;

/**
 * What a file is to become.
 *
 * @param file the file as it is
 * @param text its whole content afterwards
 */
record SettingsChange(SettingsFile file, String text) {
    /**
     * A change that {@link #apply} can make.
     *
     * @throws UnusableSettingsException if the file may not be replaced, or not by this text
     */
    SettingsChange {
        if (!text.equals(file.text())) {
            file.requireReplaceable(text);
        }
    }

    boolean isNone() {
        return text.equals(file.text());
    }

    /** Writes the file. */
    void apply() {
        try {
            file.replace(text);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION,
                    "error: " + TerminalText.safe(file.path() + ": " + UnusableFileException.reasonOf(e)),
                    e);
        }
    }
}

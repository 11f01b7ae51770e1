package dev.agenttower.cli.doctor;

import dev.agenttower.cli.lifecycle.PassphraseFile;
import dev.agenttower.cli.lifecycle.UnusableFileException;
import dev.agenttower.cli.terminal.TerminalText;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the operator's passphrase file, if there is one, is usable. */
final class PassphraseCheck {
    private static final String CHECK = "operator_passphrase";
    private static final String SOURCE = "file";

    private PassphraseCheck() {}

    /** Empty if no passphrase is set. */
    static Optional<Finding> make(Path stateDir) {
        Path file = PassphraseFile.in(stateDir);
        try {
            return PassphraseFile.read(file).map(hash -> Finding.pass(CHECK, SOURCE, "set"));
        } catch (UnusableFileException e) {
            String reason = e.reason().lines().findFirst().orElse("cannot be read");
            return Optional.of(Finding.fail(
                    CHECK,
                    SOURCE,
                    "passphrase_unusable",
                    TerminalText.safe(file + ": " + reason),
                    TerminalText.safe(
                            "until it is whole and closed to others, no passphrase is the right one: put it back, `chmod"
                                    + " 600 " + file
                                    + "`, or remove it and run `agenttower operator set-passphrase`")));
        }
    }
}

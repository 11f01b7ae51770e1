package dev.agenttower.cli.doctor;

import dev.agenttower.cli.lifecycle.PassphraseFile;
import dev.agenttower.cli.lifecycle.UnusableFileException;
import dev.agenttower.cli.surroundings.UnixFile;
import dev.agenttower.cli.terminal.TerminalText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the operator's passphrase, where one is set, can be used. */
final class PassphraseCheck {
    private static final String CHECK = "operator_passphrase";
    private static final int OTHERS = 0077;

    private PassphraseCheck() {}

    /** Nothing where none is set. */
    static Optional<Finding> make(Path stateDir) {
        Path file = PassphraseFile.in(stateDir);
        try {
            if (PassphraseFile.read(file).isEmpty()) {
                return Optional.empty();
            }
            int mode = UnixFile.read(file).permissions();
            return Optional.of(
                    (mode & OTHERS) == 0
                            ? Finding.pass(CHECK, "file", "set")
                            : broken(
                                    "passphrase_open",
                                    file + ": mode 0o" + Integer.toOctalString(mode) + " broader than required 0o600",
                                    "others could guess at it undisturbed: chmod 600 " + file
                                            + ", and set another one with `agenttower operator set-passphrase`"));
        } catch (UnusableFileException e) {
            return Optional.of(unusable(file, e.reason()));
        } catch (IOException e) {
            return Optional.of(unusable(file, String.valueOf(e.getMessage())));
        }
    }

    private static Finding unusable(Path file, String reason) {
        return broken(
                "passphrase_broken",
                file + ": " + reason.lines().findFirst().orElse("cannot be read"),
                "until it is whole, nobody is taken for a human: put it back, or remove it and run `agenttower operator"
                        + " set-passphrase`");
    }

    private static Finding broken(String subCode, String details, String advice) {
        return Finding.fail(CHECK, "file", subCode, TerminalText.safe(details), TerminalText.safe(advice));
    }
}

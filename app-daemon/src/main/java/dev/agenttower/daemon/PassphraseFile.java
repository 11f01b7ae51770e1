package dev.agenttower.daemon;

import dev.agenttower.core.governance.human.BrokenPassphraseException;
import dev.agenttower.core.governance.human.OperatorPassphrase;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.core.json.JsonText;
import dev.agenttower.core.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The operator's passphrase in a file, read each time it is needed. Thread-safe. */
final class PassphraseFile implements OperatorPassphrase {
    private static final long LARGEST = 4096;

    private final Path file;
    private final JsonText json;

    PassphraseFile(Path file, JsonText json) {
        this.file = file;
        this.json = json;
    }

    @Override
    public Optional<PassphraseHash> stored() {
        try {
            if (Files.size(file) <= LARGEST && json.read(Files.readString(file)) instanceof Map<?, ?> fields) {
                return Optional.of(PassphraseHash.of(fields));
            }
            throw new BrokenPassphraseException(file + " is malformed", null);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | MalformedJsonException e) {
            throw new BrokenPassphraseException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}

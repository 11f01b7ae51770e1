package dev.agenttower.core.governance.human;

import org.jspecify.annotations.Nullable;

/** The stored passphrase hash cannot be read, so every passphrase is refused. */
public final class BrokenPassphraseException extends RuntimeException {
    /** Creates the failure; {@code message} names the file and its problem. */
    public BrokenPassphraseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.agenttower.core.governance.human;

import org.jspecify.annotations.Nullable;

/** What is stored of the passphrase cannot be read, so no passphrase is the right one. */
public final class BrokenPassphraseException extends RuntimeException {
    /** Creates the failure; {@code message} says what is wrong, with which file. */
    public BrokenPassphraseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

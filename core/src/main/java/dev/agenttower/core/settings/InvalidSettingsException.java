package dev.agenttower.core.settings;

/** {@code config.toml} cannot be read, is not TOML, or holds a value that breaks a rule; the message names file, key and value. */
public final class InvalidSettingsException extends RuntimeException {
    /** Creates the failure with a one-line message for the user. */
    public InvalidSettingsException(String message) {
        super(message);
    }
}

package dev.agenttower.core.settings;

/** {@code config.toml} cannot be read, is no TOML, or holds a value that breaks a rule; the message names file, key and value. */
public final class InvalidSettingsException extends RuntimeException {
    /** Creates the failure with one line for a person. */
    public InvalidSettingsException(String message) {
        super(message);
    }
}

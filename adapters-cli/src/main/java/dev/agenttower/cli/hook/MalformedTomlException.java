package dev.agenttower.cli.hook;

/** A text is no TOML; the message contains the line. */
final class MalformedTomlException extends RuntimeException {
    MalformedTomlException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

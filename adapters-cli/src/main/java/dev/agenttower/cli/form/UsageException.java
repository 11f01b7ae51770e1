package dev.agenttower.cli.form;

/** A command line does not fit; the message has two lines, the usage and the error. */
public final class UsageException extends RuntimeException {
    /** Creates the failure from the usage line, the program as far as it was understood, and what is wrong. */
    public UsageException(String usage, String program, String error) {
        super(usage + "\n" + program + ": error: " + error, null, false, false);
    }

    /** The two lines. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

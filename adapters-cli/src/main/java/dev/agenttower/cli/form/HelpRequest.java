package dev.agenttower.cli.form;

/** A command line asks for help instead of a run. */
public final class HelpRequest extends RuntimeException {
    private final transient CommandForm form;

    HelpRequest(CommandForm form) {
        super("help for " + form.path(), null, false, false);
        this.form = form;
    }

    /** The command that help is asked for. */
    public CommandForm form() {
        return form;
    }
}

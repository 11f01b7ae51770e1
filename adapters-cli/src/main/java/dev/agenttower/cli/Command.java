package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;

/** One command of the program. */
interface Command {
    /** What it accepts. */
    CommandForm form();

    /**
     * Does the work.
     *
     * <p>May throw what {@link AgentTowerCli} knows to report: failures of the client, {@link CommandFailure},
     * {@link dev.agenttower.core.failure.RefusedException} and {@link dev.agenttower.cli.surroundings.InvalidSocketException}.
     */
    ExitCode run(Arguments arguments, CliContext context);
}

package dev.agenttower.cli;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.ExitCode;
import java.util.List;

/** The program {@code agenttower}: one command line in, one exit status out. */
public final class AgentTowerCli {
    private AgentTowerCli() {}

    /**
     * Runs a command line. Writes to the streams of the context and flushes them; never ends the JVM.
     *
     * @return the exit status
     */
    public static int run(String[] args, CliContext context) {
        int status = AgentTowerCommand.parser(List.of(args), context).execute(args);
        context.err().flush();
        if (context.out().checkError() && !context.isOutputAbandoned()) {
            context.err().print("error: stdout cannot be written, the output is incomplete: is the disk full?\n");
            context.err().flush();
            return status == ExitCode.OK.status() ? ExitCode.PRECONDITION.status() : status;
        }
        return status;
    }
}

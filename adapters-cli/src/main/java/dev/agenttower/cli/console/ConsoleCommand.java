package dev.agenttower.cli.console;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import picocli.CommandLine.Command;

/** {@code agenttower console}. */
@Command(
        name = "console",
        description = "see all agents, send, adopt, and decide what waits for you, in full screen",
        footer = {"  agenttower console", "  tmux bind-key g display-popup -E -w 90%% -h 90%% agenttower console"})
public final class ConsoleCommand implements Runnable {
    private final CliContext context;

    ConsoleCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        String terminal = context.environment().getOrDefault("TERM", "");
        if (!context.terminals().allowDialog()) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION,
                    "error: the console needs a terminal; `agenttower dashboard` prints what it shows");
        }
        if (terminal.isEmpty() || terminal.equals("dumb")) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION,
                    "error: TERM is " + (terminal.isEmpty() ? "not set" : "dumb")
                            + ": the console needs a terminal that can place text; `agenttower dashboard` prints what it shows");
        }
        Console.run(context);
    }
}

package dev.agenttower.cli;

import dev.agenttower.cli.command.CliContext;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code agenttower completion}. */
@Command(
        name = "completion",
        description = "print a script that completes commands and options in bash and zsh",
        footer = {"  source <(agenttower completion)", "  agenttower completion > ~/.agenttower-completion.bash"})
final class CompletionCommand implements Runnable {
    private final CliContext context;

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        context.out().print(AutoComplete.bash(AgentTowerCommand.NAME, AgentTowerCommand.parser(List.of(), context)));
    }
}

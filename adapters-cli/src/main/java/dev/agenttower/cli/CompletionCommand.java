package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.PicocliForm;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code agenttower completion}. */
final class CompletionCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.COMPLETION.form(
                List.of(), "source <(agenttower completion)", "agenttower completion > ~/.agenttower-completion.bash");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        CommandSpec program = CommandSpec.create().name(CommandForm.PROGRAM).mixinStandardHelpOptions(true);
        CommandSpec config = CommandSpec.create().name("config");
        program.addSubcommand("config", new CommandLine(config));
        for (CommandName name : CommandName.values()) {
            CommandSpec spec = new PicocliForm(name.create().form()).spec();
            String last = name.path().substring(name.path().indexOf(' ') + 1);
            (last.equals(name.path()) ? program : config).addSubcommand(last, new CommandLine(spec));
        }
        context.out().print(AutoComplete.bash(CommandForm.PROGRAM, new CommandLine(program)));
        return ExitCode.OK;
    }
}

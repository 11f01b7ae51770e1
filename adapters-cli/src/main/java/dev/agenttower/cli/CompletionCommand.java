package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.PicocliForm;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        Map<CommandGroup, CommandSpec> groups = new EnumMap<>(CommandGroup.class);
        for (CommandName name : CommandName.values()) {
            CommandSpec spec = new PicocliForm(name.create().form()).spec();
            @Nullable CommandGroup group = name.group();
            CommandSpec parent = group == null
                    ? program
                    : groups.computeIfAbsent(
                            group, added -> CommandSpec.create().name(added.word()));
            parent.addSubcommand(name.last(), new CommandLine(spec));
        }
        groups.forEach((group, spec) -> program.addSubcommand(group.word(), new CommandLine(spec)));
        context.out().print(AutoComplete.bash(CommandForm.PROGRAM, new CommandLine(program)));
        return ExitCode.OK;
    }
}

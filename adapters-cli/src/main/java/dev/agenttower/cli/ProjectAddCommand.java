package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;

/** {@code agenttower project add}. */
final class ProjectAddCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.PROJECT_ADD
                .form(
                        List.of(ProjectRegistration.NAME, GovernanceAccess.PASSPHRASE_STDIN, OptionForm.JSON),
                        "agenttower project add ~/shop",
                        "agenttower project add . --name shop")
                .withOperands(ProjectRegistration.PATH);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        return ProjectRegistration.run(
                arguments,
                context,
                client -> client.addProject(
                        ProjectRegistration.folder(arguments), arguments.value(ProjectRegistration.NAME.name())));
    }
}

package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;

/** {@code agenttower project init}. */
final class ProjectInitCommand implements Command {
    private static final String NO_DETECT = "--no-detect";

    @Override
    public CommandForm form() {
        return CommandName.PROJECT_INIT
                .form(
                        List.of(
                                ProjectRegistration.NAME,
                                OptionForm.flag(
                                        NO_DETECT, "do not fit the roles' paths to the kind of project that is found"),
                                GovernanceAccess.PASSPHRASE_STDIN,
                                OptionForm.JSON),
                        "agenttower project init .")
                .withOperands(ProjectRegistration.PATH);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        return ProjectRegistration.run(
                arguments,
                context,
                client -> client.initProject(
                        ProjectRegistration.folder(arguments),
                        arguments.value(ProjectRegistration.NAME.name()),
                        !arguments.has(NO_DETECT)));
    }
}

package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OperandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.governance.Project;
import java.util.List;

/** {@code agenttower project show}. */
final class ProjectShowCommand implements Command {
    private static final OperandForm NAME = OperandForm.required("NAME", "the project");

    @Override
    public CommandForm form() {
        return CommandName.PROJECT_SHOW
                .form(List.of(OptionForm.JSON), "agenttower project show shop")
                .withOperands(NAME);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        Project project;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            project = access.client().project(arguments.required(NAME.name()));
        }
        DaemonAccess.printResult(context, arguments, project.json(), () -> ProjectRegistration.facts(project));
        return ExitCode.OK;
    }
}

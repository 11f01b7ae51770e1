package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OperandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.JsonText;
import java.util.List;

/** {@code agenttower project remove}. */
final class ProjectRemoveCommand implements Command {
    private static final OperandForm NAME = OperandForm.required("NAME", "the project");

    @Override
    public CommandForm form() {
        return CommandName.PROJECT_REMOVE
                .form(List.of(GovernanceAccess.PASSPHRASE_STDIN, OptionForm.JSON), "agenttower project remove shop")
                .withOperands(NAME);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        String name = arguments.required(NAME.name());
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            access.asHuman(client -> {
                client.removeProject(name);
                return name;
            });
        }
        DaemonAccess.printResult(
                context, arguments, JsonText.object().put("name", name), () -> new Facts().add("removed", name));
        return ExitCode.OK;
    }
}

package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.terminal.Progress;
import java.util.List;

/** {@code agenttower up}. */
final class UpCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.UP.form(List.of(OptionForm.JSON), "agenttower up");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        try (Progress progress = new Progress(context.err(), context.terminals().error())) {
            TowerPreparation.startDaemon(context, progress);
            try (DaemonAccess daemon = DaemonAccess.of(context)) {
                TowerPreparation.scan(daemon.calls(), daemon.openSessionOnHost(context), progress);
            }
        }
        DashboardCommand.show(arguments.json(), context);
        return ExitCode.OK;
    }
}

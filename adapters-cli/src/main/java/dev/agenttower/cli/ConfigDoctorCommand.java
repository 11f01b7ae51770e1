package dev.agenttower.cli;

import dev.agenttower.cli.doctor.Doctor;
import dev.agenttower.cli.doctor.DoctorReport;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;

/** {@code agenttower config doctor}. */
final class ConfigDoctorCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.CONFIG_DOCTOR.form(
                List.of(OptionForm.JSON), "agenttower config doctor", "agenttower config doctor --json");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            DoctorReport report =
                    new Doctor(context.environment(), context.root(), daemon.address(), daemon.calls()).examine();
            ExitCode exitCode = switch (report.verdict()) {
                case HEALTHY -> ExitCode.OK;
                case UNREACHABLE -> ExitCode.UNREACHABLE;
                case UNFIT_DAEMON -> ExitCode.REFUSED;
                case UNKNOWN_PLACE -> ExitCode.DEGRADED;
            };
            context.out().print(arguments.json() ? report.json(exitCode.status()) : report.text(exitCode.status()));
            return exitCode;
        }
    }
}

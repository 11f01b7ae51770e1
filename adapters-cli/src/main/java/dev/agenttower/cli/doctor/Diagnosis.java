package dev.agenttower.cli.doctor;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.client.GovernanceClient;

/** The checks, and the resulting exit status. */
public final class Diagnosis {
    private Diagnosis() {}

    public static ExitCode run(boolean isThorough, Output output, CliContext context) {
        try (DaemonAccess daemon = DaemonAccess.of(context);
                GovernanceClient governance = new GovernanceClient(
                        GovernanceClient.socketBeside(daemon.address().path()))) {
            DoctorReport report = new Doctor(
                            context.environment(), context.root(), daemon.address(), daemon.calls(), governance)
                    .examine(isThorough);
            ExitCode exitCode = switch (report.verdict()) {
                case HEALTHY -> ExitCode.OK;
                case UNREACHABLE -> ExitCode.UNREACHABLE;
                case UNFIT_DAEMON -> ExitCode.REFUSED;
                case FAILED_CHECK -> ExitCode.DEGRADED;
            };
            context.out().print(output.isJson() ? report.json(exitCode.status()) : report.text(exitCode.status()));
            return exitCode;
        }
    }
}

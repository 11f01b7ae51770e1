package dev.agenttower.cli;

import dev.agenttower.cli.terminal.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower up}. */
@Command(
        name = "up",
        description = "set up what is missing, start the daemon, scan, and show the dashboard",
        footer = "  agenttower up")
final class UpCommand implements Runnable {
    private final CliContext context;

    @Mixin
    private Output output;

    UpCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        try (Progress progress = new Progress(context.err(), context.terminals().error())) {
            TowerPreparation.startDaemon(context, progress);
            try (DaemonAccess daemon = DaemonAccess.of(context)) {
                TowerPreparation.scan(daemon.calls(), daemon.openSessionOnHost(context), progress);
            }
        }
        DashboardCommand.show(output, context);
    }
}

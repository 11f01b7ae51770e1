package dev.agenttower.cli.daemon;

import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.dashboard.DashboardCommand;
import dev.agenttower.cli.terminal.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower up}. */
@Command(
        name = "up",
        description = "complete the setup, start the daemon, scan, and show the dashboard",
        footer = "  agenttower up")
public final class UpCommand implements Runnable {
    @Mixin
    private Output output;

    @Override
    public void run() {
        try (Progress progress = new Progress(
                output.context().err(), output.context().terminals().error())) {
            TowerPreparation.startDaemon(output.context(), progress);
            try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
                TowerPreparation.scan(daemon.calls(), daemon.openSessionOnHost(output.context()), progress);
            }
        }
        DashboardCommand.show(output, output.context());
    }
}

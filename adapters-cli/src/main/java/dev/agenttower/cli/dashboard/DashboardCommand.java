package dev.agenttower.cli.dashboard;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.terminal.ScreenSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower dashboard}. */
@Command(
        name = "dashboard",
        description = "show benches, panes, agents and the next thing to do",
        footer = {"  agenttower dashboard", "  agenttower dashboard --watch"})
public final class DashboardCommand implements Runnable {
    private final CliContext context;

    @Option(
            names = "--watch",
            description = "keep it on the screen; arrows or j k select, Enter goes to the pane, q ends")
    private boolean isWatched;

    @Mixin
    private Output output;

    DashboardCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        if (!isWatched) {
            show(output, context);
            return;
        }
        if (output.isJson() || !context.terminals().allowDialog()) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION, "error: --watch needs a terminal and goes without --json; leave it out");
        }
        DashboardWatch.run(context);
    }

    /** Prints the dashboard once. */
    public static void show(Output output, CliContext context) {
        Snapshot snapshot;
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            snapshot = new SnapshotReader(daemon.calls(), daemon.openSessionOnHost(context)).read();
        }
        output.print(
                snapshot.json(),
                () -> String.join(
                                "\n",
                                new DashboardView(
                                                context.style(),
                                                size(context).columns(),
                                                context.environment().getOrDefault("HOME", ""))
                                        .lines(snapshot))
                        + "\n");
    }

    public static ScreenSize size(CliContext context) {
        return context.terminals().output() ? ScreenSize.current(context.environment()) : ScreenSize.USUAL;
    }
}

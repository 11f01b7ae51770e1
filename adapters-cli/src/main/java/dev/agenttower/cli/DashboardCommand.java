package dev.agenttower.cli;

import dev.agenttower.cli.dashboard.DashboardView;
import dev.agenttower.cli.dashboard.Snapshot;
import dev.agenttower.cli.dashboard.SnapshotReader;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.Style;
import java.util.List;

/** {@code agenttower dashboard}. */
final class DashboardCommand implements Command {
    private static final String WATCH = "--watch";

    @Override
    public CommandForm form() {
        return CommandName.DASHBOARD.form(
                List.of(OptionForm.flag(WATCH, "keep it on the screen until q or Ctrl-C"), OptionForm.JSON),
                "agenttower dashboard",
                "agenttower dashboard --watch");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        if (!arguments.has(WATCH)) {
            show(arguments.json(), context);
            return ExitCode.OK;
        }
        if (arguments.json() || !context.terminals().allowDialog()) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION, "error: --watch needs a terminal and goes without --json; leave it out");
        }
        return new DashboardWatch(context).run();
    }

    /** Prints the dashboard once. */
    static void show(boolean json, CliContext context) {
        Snapshot snapshot;
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            snapshot = new SnapshotReader(daemon.calls(), daemon.openSessionOnHost(context)).read();
        }
        if (json) {
            DaemonAccess.printResult(context, snapshot.json());
            return;
        }
        for (String line : view(context, size(context)).lines(snapshot)) {
            context.out().print(line + "\n");
        }
    }

    static DashboardView view(CliContext context, ScreenSize size) {
        Style style = new Style(context.allowsColour(context.terminals().output()));
        return new DashboardView(style, size.columns(), context.environment().getOrDefault("HOME", ""));
    }

    static ScreenSize size(CliContext context) {
        return context.terminals().output() ? ScreenSize.current(context.environment()) : ScreenSize.USUAL;
    }
}

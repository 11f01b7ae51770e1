package dev.agenttower.cli.dashboard;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.terminal.FullScreen;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.DaemonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dashboard in full screen, redrawn on changes. Survives a restart of the daemon. */
final class DashboardWatch {
    private static final int HINT_ROWS = 2;
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final CliContext context;
    private @Nullable SnapshotReader reader;

    DashboardWatch(CliContext context) {
        this.context = context;
    }

    ExitCode run() {
        try (DaemonAccess daemon = DaemonAccess.of(context);
                FullScreen screen = FullScreen.open(context.in(), context.out())) {
            do {
                ScreenSize size = DashboardCommand.size(context);
                screen.draw(frame(daemon, size), size.rows());
            } while (!screen.isQuitWithin(PERIOD));
        }
        return ExitCode.OK;
    }

    private List<String> frame(DaemonAccess daemon, ScreenSize size) {
        try {
            SnapshotReader open =
                    reader == null ? new SnapshotReader(daemon.calls(), daemon.openSessionOnHost(context)) : reader;
            reader = open;
            List<String> lines =
                    new ArrayList<>(DashboardCommand.view(context, size).lines(open.read(), size.rows() - HINT_ROWS));
            lines.add("");
            lines.add(new Style(context.allowsColour(true)).dim("q ends"));
            return lines;
        } catch (DaemonException e) {
            // A restarted daemon has lost the session; the next round opens one.
            reader = null;
            String reason = e instanceof DaemonErrorException error
                    ? "the daemon answers " + error.code()
                    : "the daemon does not answer; `agenttower ensure-daemon` starts it";
            return List.of(TerminalText.fit("Waiting: " + reason + " (q ends)", size.columns()));
        }
    }
}

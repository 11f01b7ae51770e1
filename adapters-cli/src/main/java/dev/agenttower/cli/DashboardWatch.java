package dev.agenttower.cli;

import dev.agenttower.cli.dashboard.SnapshotReader;
import dev.agenttower.cli.terminal.FullScreen;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.socket.client.AppSession;
import dev.agenttower.socket.client.DaemonClient;
import dev.agenttower.socket.client.DaemonErrorException;
import dev.agenttower.socket.client.DaemonException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dashboard on the whole screen, redrawn while it changes. Outlives a restart of the daemon. */
final class DashboardWatch {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final CliContext context;
    private @Nullable AppSession session;

    DashboardWatch(CliContext context) {
        this.context = context;
    }

    ExitCode run() {
        try (DaemonClient client = new DaemonClient(context.socket().path());
                FullScreen screen = FullScreen.open(context.in(), context.out())) {
            do {
                ScreenSize size = DashboardCommand.size(context);
                screen.draw(frame(client, size), size.rows());
            } while (!screen.isQuitWithin(PERIOD));
        }
        return ExitCode.OK;
    }

    private List<String> frame(DaemonClient client, ScreenSize size) {
        try {
            AppSession open = session == null ? AppSession.open(client, "agenttower-cli", context.version()) : session;
            session = open;
            return DashboardCommand.view(context, size).lines(new SnapshotReader(client, open).read(), size.rows());
        } catch (DaemonException e) {
            // A new daemon knows no old session; the next round greets it.
            session = null;
            String reason = e instanceof DaemonErrorException error
                    ? "the daemon answers " + error.code()
                    : "the daemon does not answer; `agenttower ensure-daemon` starts it";
            return List.of(TerminalText.fit("Waiting: " + reason + " (q ends)", size.columns()));
        }
    }
}

package dev.agenttower.cli.dashboard;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.terminal.FullScreen;
import dev.agenttower.cli.terminal.Key;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.DaemonException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard in full screen, read anew every second, redrawn on changes and keys. Leads to the pane of the selected line. Survives a
 * restart of the daemon.
 */
final class DashboardWatch {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final CliContext context;
    private final DaemonAccess daemon;
    private final DashboardPage page;
    private @Nullable SnapshotReader reader;
    private @Nullable Snapshot snapshot;
    private String trouble = "";
    private String message = "";

    private DashboardWatch(CliContext context, DaemonAccess daemon) {
        this.context = context;
        this.daemon = daemon;
        page = new DashboardPage(context.style(), context.environment().getOrDefault("HOME", ""));
    }

    /** Shows the dashboard until a person leaves it. */
    static ExitCode run(CliContext context) {
        try (DaemonAccess daemon = DaemonAccess.of(context);
                FullScreen screen =
                        FullScreen.open(context.in(), context.out(), () -> DashboardCommand.size(context))) {
            context.resizes().accept(screen::resized);
            new DashboardWatch(context, daemon).show(screen);
        }
        return ExitCode.OK;
    }

    private void show(FullScreen screen) {
        Key key = Key.NONE;
        long due = System.nanoTime();
        while (key != Key.QUIT) {
            if (System.nanoTime() - due >= 0) {
                read();
                due = System.nanoTime() + PERIOD.toNanos();
            }
            screen.draw(frame(screen.size()));
            key = screen.key(Duration.ofNanos(Math.max(due - System.nanoTime(), 0)));
            if (key != Key.NONE && key != Key.RESIZED) {
                message = key == Key.ENTER ? jump(screen) : "";
                page.move(key);
            }
        }
    }

    private void read() {
        try {
            SnapshotReader open =
                    reader == null ? new SnapshotReader(daemon.calls(), daemon.openSessionOnHost(context)) : reader;
            reader = open;
            snapshot = open.read();
        } catch (DaemonException e) {
            // A restarted daemon has lost the session; the next round opens one.
            reader = null;
            snapshot = null;
            trouble = e instanceof DaemonErrorException error
                    ? "the daemon answers " + error.code()
                    : "the daemon does not answer; `agenttower ensure-daemon` starts it";
        }
    }

    private List<String> frame(ScreenSize size) {
        return snapshot == null
                ? List.of(TerminalText.fit("Waiting: " + trouble + " (q ends)", size.columns()))
                : page.lines(snapshot, size, message);
    }

    private String jump(FullScreen screen) {
        if (snapshot == null) {
            return "";
        }
        try {
            return page.pane()
                    .map(pane -> new PaneJump(daemon, context).to(pane, screen))
                    .orElse("no pane belongs to this line");
        } catch (DaemonException e) {
            return "cannot tell where this shell runs: the daemon does not answer";
        }
    }
}

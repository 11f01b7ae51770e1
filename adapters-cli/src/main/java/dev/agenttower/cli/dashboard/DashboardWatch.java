package dev.agenttower.cli.dashboard;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.surroundings.MachineId;
import dev.agenttower.cli.surroundings.TmuxIdentity;
import dev.agenttower.cli.terminal.FullScreen;
import dev.agenttower.cli.terminal.Key;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.AppSession;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.DaemonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dashboard in full screen, redrawn on changes: it scrolls, and leads to a pane. Survives a restart of the daemon. */
final class DashboardWatch {
    private static final int FOOT_ROWS = 2;
    /** With less room than this, the next step is left out. */
    private static final int FEWEST_ROWS = 6;

    private final CliContext context;
    private final Viewport viewport = new Viewport();
    private @Nullable SnapshotReader reader;
    private boolean isOnHost;
    private String notice = "";

    DashboardWatch(CliContext context) {
        this.context = context;
    }

    ExitCode run() {
        try (DaemonAccess daemon = DaemonAccess.of(context);
                FullScreen screen = FullScreen.open(context.in(), context.out())) {
            Key key = Key.NONE;
            while (key != Key.QUIT) {
                ScreenSize size = DashboardCommand.size(context);
                screen.draw(frame(daemon, size), size.rows());
                key = screen.key();
                if (key == Key.ENTER) {
                    jump(screen);
                } else if (key != Key.NONE) {
                    notice = "";
                    viewport.move(key);
                }
            }
        }
        return ExitCode.OK;
    }

    private List<String> frame(DaemonAccess daemon, ScreenSize size) {
        try {
            SnapshotReader open = reader == null ? open(daemon) : reader;
            reader = open;
            Snapshot snapshot = open.read();
            DashboardView view = DashboardCommand.view(context, size);
            List<String> next = view.next(snapshot);
            int room = size.rows() - FOOT_ROWS - next.size();
            boolean hasRoom = room >= FEWEST_ROWS;
            viewport.show(view.facts(snapshot), hasRoom ? room : size.rows() - FOOT_ROWS);
            List<String> lines = new ArrayList<>(viewport.visible());
            if (hasRoom) {
                lines.addAll(next);
            }
            lines.add("");
            lines.add(foot(size));
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

    private SnapshotReader open(DaemonAccess daemon) {
        Optional<AppSession> session = daemon.openSessionOnHost(context);
        isOnHost = session.isPresent();
        return new SnapshotReader(daemon.calls(), session);
    }

    private String foot(ScreenSize size) {
        Style style = new Style(context.allowsColour(true));
        if (!notice.isEmpty()) {
            return style.warning(TerminalText.fit(notice, size.columns()));
        }
        String keys = viewport.chosen() == null
                ? (viewport.isCut() ? "arrows scroll, " : "")
                : "arrows choose, Enter goes to the pane, ";
        return style.dim(TerminalText.fit(keys + "q ends", size.columns()));
    }

    private void jump(FullScreen screen) {
        BenchPane pane = viewport.chosen();
        if (pane == null) {
            return;
        }
        PaneJump jump = PaneJump.to(
                pane.key(), MachineId.hostBench(Path.of("/")).orElse(null), TmuxIdentity.of(context.environment()));
        String shown = TerminalText.safe(String.join(" ", jump.command()));
        if (!isOnHost) {
            notice = "a pane is reached from the host only: " + shown;
        } else if (jump.refusal() != null) {
            notice = jump.refusal() + shown;
        } else if (jump.takesTerminal()) {
            screen.leaveFor(() -> run(jump, shown));
        } else {
            run(jump, shown);
        }
    }

    private void run(PaneJump jump, String shown) {
        ProcessBuilder builder = new ProcessBuilder(jump.command());
        if (jump.takesTerminal()) {
            builder.inheritIO();
            // A server in a container, or another one, must not take this terminal for one inside of tmux.
            builder.environment().keySet().removeAll(List.of("TMUX", "TMUX_PANE"));
        } else {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        try {
            notice = builder.start().waitFor() == 0 ? "" : "the pane is gone, or this failed: " + shown;
        } catch (IOException e) {
            notice = "cannot run " + shown;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

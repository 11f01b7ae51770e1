package dev.agenttower.cli.dashboard;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.pane.OwnPane;
import dev.agenttower.cli.pane.Tmux;
import dev.agenttower.cli.terminal.FullScreen;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a person to a pane: with the tmux client around this command, or with one that takes its terminal until it is detached. */
public final class PaneJump {
    private static final int SECONDS_TO_SELECT = 10;

    private final DaemonAccess daemon;
    private final CliContext context;

    /** Jumps from the terminal of this command. */
    public PaneJump(DaemonAccess daemon, CliContext context) {
        this.daemon = daemon;
        this.context = context;
    }

    /** Goes to a pane; returns why that failed, with the command to type where one helps, or an empty text. */
    public String to(BenchPane pane, FullScreen screen) {
        OwnPane own = new OwnPane(daemon, context);
        PaneRoute route = PaneRoute.to(
                pane,
                own.knownBench(),
                own.isOnDaemonsHost(),
                Optional.ofNullable(context.variable("TMUX")).filter(tmux -> !tmux.isEmpty()));
        if (route.isElsewhere()) {
            return route.where() + ": " + PaneRoute.typed(route.attach());
        }
        try {
            @Nullable String complaint = select(route.select());
            if (complaint != null) {
                return "the pane is gone or cannot be reached: " + complaint;
            }
            int status = route.attach().isEmpty() ? 0 : screen.lend(program(route.attach()));
            return status == 0 ? "" : "ended with status " + status + ": " + PaneRoute.typed(route.attach());
        } catch (IOException e) {
            return route.select().get(0) + " cannot be started";
        }
    }

    /** What the command complains about, or null. */
    private @Nullable String select(List<String> command) throws IOException {
        Tmux.Answer answer = Tmux.run(command, context.environment(), SECONDS_TO_SELECT);
        return answer.isSuccess() ? null : answer.text();
    }

    private ProcessBuilder program(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(context.environment());
        return builder;
    }
}

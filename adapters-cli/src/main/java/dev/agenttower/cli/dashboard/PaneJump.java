package dev.agenttower.cli.dashboard;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.pane.OwnPane;
import dev.agenttower.cli.terminal.FullScreen;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Brings a person to a pane: with the tmux client around this command, or with one that takes its terminal until it is detached. */
final class PaneJump {
    private static final int SECONDS_TO_SELECT = 10;

    private final DaemonAccess daemon;
    private final CliContext context;

    /** Jumps from the terminal of this command. */
    PaneJump(DaemonAccess daemon, CliContext context) {
        this.daemon = daemon;
        this.context = context;
    }

    /** Goes to a pane; returns why that failed, with the command to type where one helps, or an empty text. */
    String to(BenchPane pane, FullScreen screen) {
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
        Process process = program(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        try {
            if (!process.waitFor(SECONDS_TO_SELECT, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "no answer within " + SECONDS_TO_SELECT + " s";
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0 ? null : output.isEmpty() ? "status " + process.exitValue() : output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private ProcessBuilder program(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(context.environment());
        return builder;
    }
}

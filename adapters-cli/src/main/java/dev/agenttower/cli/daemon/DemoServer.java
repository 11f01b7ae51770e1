package dev.agenttower.cli.daemon;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The private tmux server of the demo.
 *
 * <p>Every tmux command names its socket, so it cannot reach another tmux server.
 */
final class DemoServer {
    static final String SOCKET_NAME = "agenttower-demo";
    private static final String SESSION = "demo";
    private static final long TIMEOUT_SECONDS = 5;

    private final CliContext context;

    DemoServer(CliContext context) {
        this.context = context;
    }

    boolean isRunning() {
        return tmux("has-session", "-t", "=" + SESSION).isEmpty();
    }

    /** Starts the server with three panes in one window. */
    void start() {
        must(
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-s",
                SESSION,
                "-n",
                "agents",
                "-x",
                "160",
                "-y",
                "48",
                pane("worker"));
        must("split-window", "-d", "-h", "-t", "=" + SESSION + ":", pane("tests"));
        must("split-window", "-d", "-v", "-t", "=" + SESSION + ":", pane("free"));
    }

    void stop() {
        must("kill-server");
    }

    private static String pane(String name) {
        return "printf 'AgentTower demo: the " + name + " pane\\n'; exec sh";
    }

    private void must(String... arguments) {
        String problem = tmux(arguments);
        if (!problem.isEmpty()) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: tmux " + arguments[0] + " failed: " + problem);
        }
    }

    /** Runs a tmux command on the private server; returns the error text, or an empty text. */
    private String tmux(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", SOCKET_NAME));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(context.environment());
        // Inside a tmux pane, these variables name the user's own server.
        builder.environment().remove("TMUX");
        builder.environment().remove("TMUX_PANE");
        builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
        try {
            Process tmux = builder.start();
            String output = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!tmux.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                tmux.destroyForcibly();
                return "no answer within " + TIMEOUT_SECONDS + " s";
            }
            return tmux.exitValue() == 0 ? "" : output.isEmpty() ? "status " + tmux.exitValue() : output;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION,
                    "error: the demo needs tmux, and it cannot be started; install it (Debian: apt install tmux)",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}

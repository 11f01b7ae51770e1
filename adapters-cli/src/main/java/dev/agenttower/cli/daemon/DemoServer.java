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
    private static final String TARGET = "=" + SESSION;
    private static final List<String> PANES = List.of("worker", "tests", "free");
    private static final long TIMEOUT_SECONDS = 5;

    private final CliContext context;

    DemoServer(CliContext context) {
        this.context = context;
    }

    boolean isRunning() {
        return ask("has-session", "-t", TARGET).isSuccess();
    }

    /** Starts the session with three panes in one window, or adds the panes that it lacks. */
    void start() {
        if (!isRunning()) {
            Answer created = ask(
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
                    greeting(PANES.get(0)));
            if (!created.isSuccess() && !isRunning()) { // another demo may have been faster
                throw failure("new-session", created);
            }
        }
        for (int pane = countPanes(); pane < PANES.size(); pane++) {
            must("split-window", "-d", pane == 1 ? "-h" : "-v", "-t", TARGET + ":", greeting(PANES.get(pane)));
        }
    }

    /** Ends the session, and the server with it unless it has another one. */
    void stop() {
        must("kill-session", "-t", TARGET);
    }

    private int countPanes() {
        return (int) must("list-panes", "-s", "-t", TARGET).lines().count();
    }

    private static String greeting(String name) {
        return "printf 'AgentTower demo: the " + name + " pane\\n'; exec sh";
    }

    private String must(String... arguments) {
        Answer answer = ask(arguments);
        if (!answer.isSuccess()) {
            throw failure(arguments[0], answer);
        }
        return answer.text();
    }

    private static CommandFailure failure(String command, Answer answer) {
        return new CommandFailure(ExitCode.PRECONDITION, "error: tmux " + command + " failed: " + answer.text());
    }

    /** What a tmux command said, on stdout or stderr. */
    private record Answer(boolean isSuccess, String text) {}

    /** Runs a tmux command on the private server. */
    private Answer ask(String... arguments) {
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
                return new Answer(false, "no answer within " + TIMEOUT_SECONDS + " s");
            }
            int status = tmux.exitValue();
            return new Answer(status == 0, status != 0 && output.isEmpty() ? "status " + status : output);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION,
                    "error: the demo needs tmux, and it cannot be started; install it (Debian: apt install tmux)",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, "interrupted");
        }
    }
}

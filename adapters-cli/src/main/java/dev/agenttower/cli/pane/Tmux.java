package dev.agenttower.cli.pane;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the program tmux in the environment of this command. */
public final class Tmux {
    private static final long TIMEOUT_SECONDS = 5;

    private final CliContext context;
    private final List<String> prefix;
    private final List<String> unset;

    private Tmux(CliContext context, List<String> options, List<String> unset) {
        this.context = context;
        this.prefix = new ArrayList<>(List.of("tmux"));
        this.prefix.addAll(options);
        this.unset = unset;
    }

    /** The server of the pane that this command runs in, else the user's own. */
    public static Tmux ofCaller(CliContext context) {
        return new Tmux(context, List.of(), List.of());
    }

    /** A server with a socket of this name, whatever pane this command runs in. */
    public static Tmux named(String socketName, CliContext context) {
        return new Tmux(context, List.of("-L", socketName), List.of("TMUX", "TMUX_PANE"));
    }

    /**
     * What a command printed on stdout.
     *
     * @throws CommandFailure if it failed
     */
    public String must(List<String> arguments) {
        Answer answer = ask(arguments);
        if (!answer.isSuccess()) {
            throw failure(arguments, answer);
        }
        return answer.text();
    }

    /** The failure of a command, with what it said. */
    public static CommandFailure failure(List<String> arguments, Answer answer) {
        String command = arguments.stream()
                .filter(word -> word.endsWith("-session") || word.endsWith("-window") || word.endsWith("-panes"))
                .findFirst()
                .orElse(arguments.get(0));
        return new CommandFailure(ExitCode.PRECONDITION, "error: tmux " + command + " failed: " + answer.text());
    }

    /**
     * Runs a command.
     *
     * @throws CommandFailure if tmux cannot be started
     */
    public Answer ask(List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(arguments);
        Map<String, String> environment = new HashMap<>(context.environment());
        environment.keySet().removeAll(unset);
        try {
            return run(command, environment, TIMEOUT_SECONDS);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION,
                    "error: this needs tmux, and it cannot be started; install it (Debian: apt install tmux)",
                    e);
        }
    }

    /**
     * Runs a whole command line, which may be one of an engine that runs tmux in a container. Its output must be short.
     *
     * @param seconds after which it is ended by force
     * @throws IOException if the program cannot be started
     */
    public static Answer run(List<String> command, Map<String, String> environment, long seconds) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Answer(false, "no answer within " + seconds + " s");
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.exitValue();
            return new Answer(status == 0, status != 0 && output.isEmpty() ? "status " + status : output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, "interrupted");
        }
    }

    /** What a tmux command said, on stdout or stderr. */
    public record Answer(boolean isSuccess, String text) {}
}

package dev.agenttower.bench.tmux;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.PanePipes.Target;
import java.util.List;

/** Runs the tmux program in the bench of a pane, for the server of the pane. Thread-safe. */
public interface TmuxRunner {
    /**
     * Runs {@code tmux} with arguments, without a shell that could expand them, for at most five seconds.
     *
     * @throws RefusedException {@code DOCKER_UNAVAILABLE}, {@code DOCKER_EXEC_TIMEOUT} or {@code TMUX_UNAVAILABLE} if it cannot be run
     */
    Answer run(Target pane, List<String> arguments);

    /** The whole command for {@link #run}, for people. */
    List<String> command(Target pane, List<String> arguments);

    /**
     * The result of a command.
     *
     * @param status the exit status
     */
    record Answer(int status, String out, String err) {}
}

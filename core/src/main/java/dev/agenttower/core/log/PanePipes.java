package dev.agenttower.core.log;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Optional;

/**
 * The pipe of a tmux pane, through which everything that the pane prints goes to a shell command in its bench. A pane has one pipe at most.
 *
 * <p>Every method answers within five seconds and refuses with {@code DOCKER_UNAVAILABLE}, {@code DOCKER_EXEC_TIMEOUT},
 * {@code TMUX_UNAVAILABLE} or {@code PIPE_PANE_FAILED}; the last one with the error text of tmux. Implementations are thread-safe.
 */
public interface PanePipes {
    /** The pipe of a pane. */
    Pipe inspect(Target pane);

    /**
     * Pipes a pane that has no pipe.
     *
     * @param command for {@code sh -c} in the bench; tmux gets it so that it expands nothing in it
     * @throws RefusedException see above
     */
    void open(Target pane, String command);

    /** Closes the pipe of a pane, if it has one. */
    void close(Target pane);

    /** The panes of the same server that are piped, each once. */
    List<Piped> piped(Target pane);

    /** The home of the user whose server it is, as the environment of the server tells; empty where it does not. */
    Optional<String> home(Target pane);

    /** The command line by which {@link #open} starts the recording, as a text for people. */
    String shown(Target pane, String command);

    /**
     * A pane in its bench.
     *
     * @param pane its socket and tmux id say which one it is; the other parts may be outdated
     */
    record Target(BenchTarget bench, PaneKey pane) {}

    /**
     * The pipe of a pane.
     *
     * @param isOpen whether the pane is piped
     * @param command what it is piped into; empty where tmux does not tell
     */
    record Pipe(boolean isOpen, String command) {}

    /**
     * A pane that is piped.
     *
     * @param address session, window and pane, such as {@code work:0.1}
     * @param command what it is piped into; empty where tmux does not tell
     */
    record Piped(String paneId, String address, String command) {}
}

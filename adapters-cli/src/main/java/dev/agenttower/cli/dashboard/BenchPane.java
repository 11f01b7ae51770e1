package dev.agenttower.cli.dashboard;

import dev.agenttower.core.pane.PaneKey;
import java.util.Optional;

/**
 * An active pane with its agent, if any.
 *
 * @param key its identity
 * @param benchName the name of its container
 * @param user whose tmux server it is on
 * @param command the running program
 * @param folder the program's working directory
 * @param agent its active agent
 */
public record BenchPane(
        PaneKey key, String benchName, String user, String command, String folder, Optional<PaneAgent> agent) {
    /** Session, window and pane, in the syntax of tmux targets. */
    public String address() {
        return key.sessionName() + ":" + key.windowIndex() + "." + key.paneIndex();
    }

    /** The file name of the tmux socket. */
    public String socketName() {
        return key.socketPath().substring(key.socketPath().lastIndexOf('/') + 1);
    }

    /** Whether its bench has the name of the host. */
    boolean isOnHost() {
        return benchName.equals("host");
    }

    /** Whether it has no agent. */
    public boolean isFree() {
        return agent.isEmpty();
    }
}

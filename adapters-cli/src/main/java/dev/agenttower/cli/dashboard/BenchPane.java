package dev.agenttower.cli.dashboard;

import dev.agenttower.core.pane.PaneKey;
import java.util.Optional;

/**
 * An active pane and, if it has one, its agent.
 *
 * @param key what makes it itself
 * @param benchName its bench
 * @param command the program in it
 * @param folder where that program works
 * @param agent its active agent
 */
public record BenchPane(PaneKey key, String benchName, String command, String folder, Optional<PaneAgent> agent) {
    /** Session, window and place, as tmux targets are written. */
    public String address() {
        return key.sessionName() + ":" + key.windowIndex() + "." + key.paneIndex();
    }

    /** The file name of the tmux socket. */
    public String socketName() {
        return key.socketPath().substring(key.socketPath().lastIndexOf('/') + 1);
    }

    /** Whether it can be adopted. */
    public boolean isFree() {
        return agent.isEmpty();
    }
}

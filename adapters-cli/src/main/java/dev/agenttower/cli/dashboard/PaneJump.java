package dev.agenttower.cli.dashboard;

import dev.agenttower.cli.surroundings.TmuxIdentity;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a person on the host gets to a pane.
 *
 * @param command shows the pane
 * @param takesTerminal whether it runs in the terminal until the person leaves the pane; if not, the client of tmux moves
 * @param refusal why it cannot be run from here, though it may be run elsewhere; or null
 */
record PaneJump(
        List<String> command,
        boolean takesTerminal,
        @Nullable String refusal) {
    private static final Pattern SOCKET_OF_USER = Pattern.compile(".*/tmux-([0-9]+)/[^/]+");

    /**
     * The way to a pane.
     *
     * @param host the host's id as a bench; null if it is none
     * @param from where the person is
     */
    static PaneJump to(PaneKey pane, @Nullable ContainerId host, TmuxIdentity from) {
        boolean isOnHost = pane.container().equals(host);
        boolean isInTmux = !(from instanceof TmuxIdentity.Outside);
        if (isOnHost
                && from instanceof TmuxIdentity.InPane here
                && here.socketPath().equals(pane.socketPath())) {
            return new PaneJump(
                    List.of("tmux", "-S", pane.socketPath(), "switch-client", "-t", pane.paneId()), false, null);
        }
        List<String> command = new ArrayList<>();
        if (!isOnHost) {
            command.addAll(List.of("docker", "exec", "-it"));
            Matcher user = SOCKET_OF_USER.matcher(pane.socketPath());
            if (user.matches()) {
                command.addAll(List.of("-u", user.group(1)));
            }
            command.add(pane.container().value());
        }
        command.addAll(List.of("tmux", "-S", pane.socketPath(), "attach-session", "-t", pane.paneId()));
        return new PaneJump(
                command,
                true,
                isOnHost && isInTmux ? "the pane is in another tmux server; from outside of tmux run " : null);
    }
}

package dev.agenttower.cli.dashboard;

import dev.agenttower.core.agent.AdoptablePane;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.LabelPattern;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    public boolean isOnHost() {
        return benchName.equals("host");
    }

    /** The labels of the agents of panes. */
    public static Set<String> labels(List<BenchPane> panes) {
        return panes.stream()
                .flatMap(pane -> pane.agent().stream())
                .map(PaneAgent::label)
                .collect(Collectors.toSet());
    }

    /**
     * The label that a pattern makes for it, or one like it that is not taken.
     *
     * @throws IllegalArgumentException if the pattern is malformed, see {@link LabelPattern}
     */
    public String label(String pattern, Set<String> taken) {
        return new LabelPattern(pattern).label(new AdoptablePane(key, benchName), taken::contains);
    }

    /** What its program is, as far as its name tells. */
    public Capability capability() {
        String program = command.toLowerCase(Locale.ROOT);
        return program.matches("(ba|z|k|c|fi|da)?sh")
                ? Capability.SHELL
                : Capability.parse(program).orElse(Capability.UNKNOWN);
    }

    /** Whether it has no agent. */
    public boolean isFree() {
        return agent.isEmpty();
    }
}

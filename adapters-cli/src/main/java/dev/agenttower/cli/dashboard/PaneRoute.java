package dev.agenttower.cli.dashboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The way from a terminal to a pane.
 *
 * @param where from where {@link #attach} has to be typed; empty if it works from here
 * @param select selects the pane in its tmux server, and brings a client of that server there; needs no terminal
 * @param attach takes the terminal until it is detached; empty if {@link #select} is all
 */
record PaneRoute(String where, List<String> select, List<String> attach) {
    private static final String ON_HOST = "on the host";

    /** Copies the commands. */
    PaneRoute {
        select = List.copyOf(select);
        attach = List.copyOf(attach);
    }

    /**
     * The way to a pane.
     *
     * @param bench the id of the bench that the terminal is in, if known
     * @param isOnHost whether that is the host, whose container engine leads to the panes of containers
     * @param tmux {@code TMUX}, if the terminal is a pane
     */
    static PaneRoute to(BenchPane pane, Optional<String> bench, boolean isOnHost, Optional<String> tmux) {
        List<String> server = List.of("tmux", "-S", pane.key().socketPath());
        if (bench.filter(pane.key().container().value()::equals).isPresent()) {
            if (tmux.isEmpty()) {
                return new PaneRoute("", with(server, selection(pane)), with(server, attachment(pane)));
            }
            return isServer(tmux.get(), pane.key().socketPath())
                    ? new PaneRoute(
                            "",
                            with(
                                    with(server, selection(pane)),
                                    List.of(
                                            ";",
                                            "switch-client",
                                            "-t",
                                            pane.key().paneId())),
                            List.of())
                    : new PaneRoute("outside of tmux", List.of(), with(server, attachment(pane)));
        }
        if (pane.isOnHost()) {
            return new PaneRoute(ON_HOST, List.of(), with(server, attachment(pane)));
        }
        // tmux in a container is not told that the terminal knows UTF-8.
        List<String> inContainer = with(
                pane.user().isEmpty() ? List.of() : List.of("-u", pane.user()),
                List.of(pane.benchName(), "tmux", "-u", "-S", pane.key().socketPath()));
        return new PaneRoute(
                isOnHost ? "" : ON_HOST,
                with(with(List.of("docker", "exec"), inContainer), selection(pane)),
                with(with(List.of("docker", "exec", "-it"), inContainer), attachment(pane)));
    }

    private static List<String> selection(BenchPane pane) {
        String id = pane.key().paneId();
        return List.of("select-window", "-t", id, ";", "select-pane", "-t", id);
    }

    private static List<String> attachment(BenchPane pane) {
        return List.of("attach-session", "-t", pane.key().paneId());
    }

    private static List<String> with(List<String> begin, List<String> end) {
        List<String> all = new ArrayList<>(begin);
        all.addAll(end);
        return all;
    }

    /** Whether {@code TMUX} names a socket, by whatever path. */
    private static boolean isServer(String tmux, String socket) {
        // Behind the path stand two numbers, which never hold a comma.
        String path = tmux.replaceFirst(",[^,]*,[^,]*$", "");
        try {
            return path.equals(socket)
                    || Path.of(path).toRealPath().equals(Path.of(socket).toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the command has to be typed elsewhere. */
    boolean isElsewhere() {
        return !where.isEmpty();
    }

    /** A command as it is typed in a shell. */
    static String typed(List<String> command) {
        return command.stream().map(NextStep::quoted).collect(Collectors.joining(" "));
    }
}

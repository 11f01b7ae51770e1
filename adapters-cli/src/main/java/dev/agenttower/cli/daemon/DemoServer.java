package dev.agenttower.cli.daemon;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.pane.Tmux;
import java.util.List;

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

    private final Tmux tmux;

    DemoServer(CliContext context) {
        tmux = Tmux.named(SOCKET_NAME, context);
    }

    boolean isRunning() {
        return tmux.ask(List.of("has-session", "-t", TARGET)).isSuccess();
    }

    /** Starts the session with three panes in one window, or adds the panes that it lacks. */
    void start() {
        if (!isRunning()) {
            List<String> creation = List.of(
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
            Tmux.Answer created = tmux.ask(creation);
            if (!created.isSuccess() && !isRunning()) { // another demo may have been faster
                throw Tmux.failure(creation, created);
            }
        }
        for (int pane = countPanes(); pane < PANES.size(); pane++) {
            tmux.must(List.of(
                    "split-window", "-d", pane == 1 ? "-h" : "-v", "-t", TARGET + ":", greeting(PANES.get(pane))));
        }
    }

    /** Ends the session, and the server with it unless it has another one. */
    void stop() {
        tmux.must(List.of("kill-session", "-t", TARGET));
    }

    private int countPanes() {
        return (int)
                tmux.must(List.of("list-panes", "-s", "-t", TARGET)).lines().count();
    }

    private static String greeting(String name) {
        return "printf 'AgentTower demo: the " + name + " pane\\n'; exec sh";
    }
}

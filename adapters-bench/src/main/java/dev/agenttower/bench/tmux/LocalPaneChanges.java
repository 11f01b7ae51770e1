package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.Deadlines;
import dev.agenttower.bench.engine.WatchThread;
import dev.agenttower.bench.engine.Watches;
import dev.agenttower.core.bench.BenchTarget;
import dev.agenttower.core.bench.PaneChanges;
import dev.agenttower.core.bench.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Watches the panes of this host as containers are watched: at every tick it looks at the socket folder and at the children of the tmux
 * servers, which starts no process, and asks tmux only when they are different and once a minute. Each watch has one thread,
 * {@code bench-watch-host}.
 *
 * <p>Thread-safe.
 */
public final class LocalPaneChanges implements PaneChanges {
    private static final Duration ASK_LIMIT = Duration.ofSeconds(5);
    private static final int CLOSE_LOOK_EVERY = 30;
    private static final List<String> QUESTION = List.of(
            "display-message",
            "-p",
            "#{pid}",
            ";",
            "list-panes",
            "-a",
            "-F",
            "#{session_name} #{window_index} #{pane_index} #{pane_id} #{pane_pid}");

    private final TmuxSockets sockets;
    private final Deadlines deadlines;
    private final Watches watches;
    private final LocalTmux tmux = new LocalTmux();

    /** Watches the servers of {@code sockets}. */
    public LocalPaneChanges(TmuxSockets sockets, Deadlines deadlines, Watches watches) {
        this.sockets = sockets;
        this.deadlines = deadlines;
        this.watches = watches;
    }

    @Override
    public Subscription watch(BenchTarget target, Runnable changed) {
        return watches.start("bench-watch-host", new Looks(changed)::look);
    }

    /** One watch and what it saw last. */
    private final class Looks {
        private final Runnable changed;
        private Signs signs = Signs.NONE;
        private Map<Path, String> layout = Map.of();
        private int count = -1;

        Looks(Runnable changed) {
            this.changed = changed;
        }

        Duration look(WatchThread watch) {
            count = (count + 1) % CLOSE_LOOK_EVERY;
            Signs now = signs.again(list());
            if (count == 0 || now.isBlind() || !now.equals(signs)) {
                ask(now, watch);
            }
            return Ticks.PERIOD;
        }

        private void ask(Signs now, WatchThread watch) {
            Map<Path, String> answers = answers(now.sockets());
            signs = Signs.of(now.sockets(), answers);
            if (!answers.equals(layout)) {
                layout = answers;
                if (!watch.isClosed()) {
                    changed.run();
                }
            }
        }

        private List<Path> list() {
            try {
                return sockets.list();
            } catch (IOException missingOrUnreadable) {
                return List.of();
            }
        }

        private Map<Path, String> answers(List<Path> paths) {
            Map<Path, String> answers = new TreeMap<>();
            Deadline deadline = deadlines.in(ASK_LIMIT);
            for (Path path : paths) {
                // a knock costs next to nothing, and most sockets without a server stay so
                if (TmuxSockets.answers(path)) {
                    ask(path, deadline, answers);
                }
            }
            return answers;
        }

        private void ask(Path path, Deadline deadline, Map<Path, String> answers) {
            try {
                LocalTmux.Answer answer = tmux.start(path, QUESTION, deadline).answer(deadline);
                if (answer.status() == 0) {
                    answers.put(path, answer.text());
                }
            } catch (IOException noTmux) {
                answers.remove(path);
            }
        }
    }

    /**
     * What can be seen without asking tmux.
     *
     * @param children of each server that answered, by its process id
     * @param dead sockets that had no server
     * @param isBlind whether the children of a server could not be read
     */
    private record Signs(List<Path> sockets, Map<String, String> children, List<Path> dead, boolean isBlind) {
        private static final Signs NONE = new Signs(List.of(), Map.of(), List.of(), false);

        static Signs of(List<Path> sockets, Map<Path, String> answers) {
            List<Path> dead = new ArrayList<>(sockets);
            dead.removeAll(answers.keySet());
            List<String> servers = answers.values().stream()
                    .map(answer -> answer.lines().findFirst().orElse(""))
                    .toList();
            return seen(sockets, servers, dead);
        }

        Signs again(List<Path> current) {
            return seen(
                    current,
                    List.copyOf(children.keySet()),
                    dead.stream().filter(path -> !TmuxSockets.answers(path)).toList());
        }

        private static Signs seen(List<Path> sockets, List<String> servers, List<Path> dead) {
            Map<String, String> children = new TreeMap<>();
            boolean blind = false;
            for (String server : servers) {
                String list = "";
                try {
                    list = Files.readString(Path.of("/proc", server, "task", server, "children"));
                } catch (IOException unreadable) {
                    blind = true;
                }
                children.put(server, list);
            }
            return new Signs(sockets, children, dead, blind);
        }
    }
}

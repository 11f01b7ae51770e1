package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.WatchThread;
import dev.agenttower.bench.engine.Watches;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches the panes of this host as {@linkplain PaneWatchScript in containers}: every tick checks the socket folder and the children of the
 * tmux servers; every second tick also checks whether the servers have run since, which starts no process. tmux is queried only after a
 * difference, and once a minute. Each watch has one thread, {@code bench-watch-host}.
 *
 * <p>Thread-safe.
 */
public final class LocalPaneChanges implements PaneChanges {
    private static final Duration ASK_LIMIT = Duration.ofSeconds(5);
    private static final List<String> QUESTION =
            List.of("display-message", "-p", "#{pid}", ";", "list-panes", "-a", "-F", PaneWatchScript.SHOWN);

    private final TmuxSockets sockets;
    private final Watches watches;
    private final LocalTmux tmux = new LocalTmux();

    /** Watches the servers of {@code sockets}. */
    public LocalPaneChanges(TmuxSockets sockets, Watches watches) {
        this.sockets = sockets;
        this.watches = watches;
    }

    @Override
    public Subscription watch(BenchTarget target, Runnable changed) {
        return watches.start("bench-watch-host", new Watch(changed)::look);
    }

    /** One watch and its last observation. */
    private final class Watch {
        private final Runnable changed;
        private Observation last = Observation.NONE;
        private Map<Path, String> layout = Map.of();
        private int tick;

        Watch(Runnable changed) {
            this.changed = changed;
        }

        Duration look(WatchThread watch) {
            Look look = Look.at(tick++);
            Observation now = last.again(list());
            if (!now.showIdleness(last, look)) {
                ask(now, watch);
            }
            return Ticks.PERIOD;
        }

        private void ask(Observation now, WatchThread watch) {
            Map<Path, String> answers = answers(now.sockets());
            last = Observation.of(now.sockets(), answers);
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
            Deadline deadline = Deadline.in(ASK_LIMIT);
            for (Path path : paths) {
                // a connection attempt is cheap, and most sockets without a server stay so
                if (TmuxSockets.answers(path)) {
                    ask(path, deadline, answers);
                }
            }
            return answers;
        }

        private void ask(Path path, Deadline deadline, Map<Path, String> answers) {
            try {
                LocalTmux.Answer answer = tmux.start(path, QUESTION).answer(deadline);
                if (answer.status() == 0) {
                    answers.put(path, answer.text());
                }
            } catch (IOException noTmux) {
                answers.remove(path);
            }
        }
    }

    /**
     * The observable state without a query to tmux.
     *
     * @param servers the servers that answered, by process id
     * @param dead the sockets without a server
     */
    private record Observation(List<Path> sockets, Map<String, Server> servers, List<Path> dead) {
        private static final Observation NONE = new Observation(List.of(), Map.of(), List.of());

        static Observation of(List<Path> sockets, Map<Path, String> answers) {
            List<Path> dead = new ArrayList<>(sockets);
            dead.removeAll(answers.keySet());
            List<String> pids = answers.values().stream()
                    .map(answer -> answer.lines().findFirst().orElse(""))
                    .toList();
            return of(sockets, pids, dead);
        }

        Observation again(List<Path> current) {
            return of(
                    current,
                    List.copyOf(servers.keySet()),
                    dead.stream().filter(path -> !TmuxSockets.answers(path)).toList());
        }

        private static Observation of(List<Path> sockets, List<String> pids, List<Path> dead) {
            Map<String, Server> servers = new TreeMap<>();
            pids.forEach(pid -> servers.put(pid, Server.of(pid)));
            return new Observation(sockets, servers, dead);
        }

        /** Whether there is no sign of a change since {@code before} at this level of detail. */
        boolean showIdleness(Observation before, Look look) {
            return look != Look.THOROUGH
                    && sockets.equals(before.sockets)
                    && dead.equals(before.dead)
                    && servers.entrySet().stream()
                            .allMatch(
                                    server -> server.getValue().isIdleSince(before.servers.get(server.getKey()), look));
        }
    }

    /**
     * The observable state of one server.
     *
     * @param children its live child processes, or null if they cannot be read
     * @param ran its CPU time, or null if it cannot be read
     */
    private record Server(
            @Nullable String children, @Nullable String ran) {
        static Server of(String pid) {
            String ran = read(Path.of("/proc", pid, "schedstat"));
            // zero if the kernel does not count it
            return new Server(
                    read(Path.of("/proc", pid, "task", pid, "children")),
                    ran == null || ran.startsWith("0 ") ? null : ran);
        }

        private static @Nullable String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException unreadable) {
                return null;
            }
        }

        boolean isIdleSince(@Nullable Server before, Look look) {
            return before != null
                    && children != null
                    && children.equals(before.children)
                    && (look == Look.QUICK || (ran != null && ran.equals(before.ran)));
        }
    }
}

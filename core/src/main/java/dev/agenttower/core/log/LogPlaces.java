package dev.agenttower.core.log;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.pane.BenchUser;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the panes of benches are recorded. Thread-safe. */
final class LogPlaces {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final LogPaths paths;
    private final PanePipes pipes;
    private final Optional<HostBench> host;
    private final BenchUser users;

    LogPlaces(LogPaths paths, PanePipes pipes, Optional<HostBench> host, String userFallback) {
        this.paths = paths;
        this.pipes = pipes;
        this.host = host;
        this.users = new BenchUser(userFallback.isEmpty() ? "root" : userFallback);
    }

    PanePipes.Target target(BenchContainer bench, PaneKey pane) {
        return new PanePipes.Target(users.target(bench).orElseThrow(), pane);
    }

    /**
     * The place of the log of an agent.
     *
     * @param path the wanted path; null is the default
     * @throws RefusedException {@code LOG_PATH_INVALID} or {@code LOG_PATH_NOT_HOST_VISIBLE}
     */
    LogPlace place(BenchContainer bench, PanePipes.Target pane, AgentId agent, @Nullable String path) {
        if (path != null) {
            paths.requireValid(path);
        }
        return host.map(HostBench::id).filter(bench.id()::equals).isPresent()
                ? paths.onHost(bench, agent, path)
                : paths.inContainer(bench, () -> home(pane), agent, path);
    }

    /** The paths that the default log of an agent may have for its bench. */
    List<String> defaults(BenchContainer bench, PanePipes.Target pane, AgentId agent) {
        return paths.defaults(bench, home(pane), agent);
    }

    /** The home of the bench user; where the container names the user by number, tmux is asked. */
    private String home(PanePipes.Target pane) {
        String user = pane.bench().user();
        if (!NUMBER.matcher(user).matches()) {
            return usual(user);
        }
        try {
            return pipes.home(pane).orElseGet(() -> usual(user));
        } catch (RefusedException unknown) {
            return usual(user);
        }
    }

    private static String usual(String user) {
        return user.equals("root") ? "/root" : "/home/" + user;
    }
}

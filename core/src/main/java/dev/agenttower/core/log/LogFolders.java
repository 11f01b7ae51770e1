package dev.agenttower.core.log;

import dev.agenttower.core.settings.TowerPaths;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where logs may lie.
 *
 * @param logs the folder for logs of agents
 * @param own folders of the daemon that no log may lie in, other than {@code logs}
 * @param daemonLog the daemon's own log, which no agent writes to
 */
public record LogFolders(String logs, List<String> own, String daemonLog) {
    /** Copies the list. */
    public LogFolders {
        own = List.copyOf(own);
    }

    /** The folders of a tower. */
    public static LogFolders of(TowerPaths paths) {
        return new LogFolders(
                paths.logsDir().toString(),
                List.of(paths.stateDir().toString(), parent(parent(paths.configFile())), parent(paths.cacheDir())),
                paths.daemonLog().toString());
    }

    private static String parent(Path path) {
        @Nullable Path parent = path.getParent();
        return parent == null ? "/" : parent.toString();
    }

    private static String parent(String path) {
        return parent(Path.of(path));
    }
}

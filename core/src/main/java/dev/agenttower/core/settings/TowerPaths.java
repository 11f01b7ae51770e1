package dev.agenttower.core.settings;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths of the files of one user's tower. All paths are absolute if the base directories are.
 *
 * @param configFile {@code config.toml}
 * @param stateDir the state directory, without a trailing slash
 * @param cacheDir the cache directory
 */
public record TowerPaths(Path configFile, Path stateDir, Path cacheDir) {
    private static final Path NAMESPACE = Path.of("opensoft", "agenttower");

    /**
     * The paths of an environment: {@code XDG_CONFIG_HOME}, {@code XDG_STATE_HOME} and {@code XDG_CACHE_HOME} where they are set and not empty,
     * else the usual folders below {@code HOME}.
     *
     * @throws IllegalArgumentException if {@code HOME} is missing or empty
     */
    public static TowerPaths of(Map<String, String> environment) {
        @Nullable String home = environment.get("HOME");
        if (home == null || home.isEmpty()) {
            throw new IllegalArgumentException("HOME is not set");
        }
        return new TowerPaths(
                base(environment, "XDG_CONFIG_HOME", home, ".config")
                        .resolve(NAMESPACE)
                        .resolve("config.toml"),
                base(environment, "XDG_STATE_HOME", home, ".local/state").resolve(NAMESPACE),
                base(environment, "XDG_CACHE_HOME", home, ".cache").resolve(NAMESPACE));
    }

    private static Path base(Map<String, String> environment, String variable, String home, String fallback) {
        @Nullable String value = environment.get(variable);
        return value == null || value.isEmpty() ? Path.of(home, fallback) : Path.of(value);
    }

    /** {@code agenttower.sqlite3}. */
    public Path database() {
        return stateDir.resolve("agenttower.sqlite3");
    }

    /** {@code events.jsonl}. */
    public Path events() {
        return stateDir.resolve("events.jsonl");
    }

    /** The folder of logs. */
    public Path logsDir() {
        return stateDir.resolve("logs");
    }

    /** The daemon's own log. */
    public Path daemonLog() {
        return logsDir().resolve("agenttowerd.log");
    }

    /** The socket of the daemon. */
    public Path socket() {
        return stateDir.resolve("agenttowerd.sock");
    }

    /** The socket of the daemon that speaks HTTP. */
    public Path httpSocket() {
        return stateDir.resolve("agenttowerd-http.sock");
    }

    /** The directory to mount into containers: it holds second names of both sockets and nothing else. */
    public Path runDir() {
        return stateDir.resolve("run");
    }

    /** The hash of the operator's passphrase; missing when none is set. */
    public Path operatorPassphrase() {
        return stateDir.resolve("operator-passphrase.json");
    }

    /** The lock held by a running daemon; the file remains when it stops. */
    public Path lock() {
        return stateDir.resolve("agenttowerd.lock");
    }

    /** The lock held by a running web panel; the file remains when it ends. */
    public Path panelLock() {
        return stateDir.resolve("panel.lock");
    }

    /** The file with the pid of the daemon. */
    public Path pidFile() {
        return stateDir.resolve("agenttowerd.pid");
    }
}

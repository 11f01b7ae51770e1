package dev.agenttower.core.log;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a log lies. A log must be a file that both the bench, which writes it, and the daemon, which reads it, can reach: for a
 * container a file below one of its mounts, for the host any file.
 */
final class LogPaths {
    private static final int MAX_PATH = 4096;
    private static final int MAX_MOUNTS = 256;
    private static final List<String> SPECIAL = List.of("/proc", "/sys", "/dev", "/run");

    private final LogFiles files;
    private final LogFolders folders;
    private final LifecycleLog lifecycle;

    LogPaths(LogFiles files, LogFolders folders, LifecycleLog lifecycle) {
        this.files = files;
        this.folders = folders;
        this.lifecycle = lifecycle;
    }

    /**
     * Checks the form of a path.
     *
     * @throws RefusedException {@code LOG_PATH_INVALID}
     */
    void requireValid(String path) {
        if (path.isEmpty()) {
            throw invalid(path, "is empty");
        }
        if (Text.length(path) > MAX_PATH) {
            throw invalid(path, "is longer than " + MAX_PATH + " characters");
        }
        if (path.codePoints().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw invalid(path, "contains control characters");
        }
        if (!path.startsWith("/")) {
            throw invalid(path, "is not absolute");
        }
        if (List.of(path.split("/", -1)).contains("..")) {
            throw invalid(path, "contains a \"..\" segment");
        }
        requireAllowed(path, path);
    }

    private void requireAllowed(String path, String shown) {
        for (String special : SPECIAL) {
            if (isIn(special, path)) {
                throw invalid(shown, "lies in " + special);
            }
        }
        if (path.equals(folders.daemonLog())) {
            throw invalid(shown, "is the daemon's own log");
        }
        if (!isIn(folders.logs(), path) && folders.own().stream().anyMatch(own -> isIn(own, path))) {
            throw invalid(shown, "belongs to the daemon; below " + folders.logs() + " it may lie");
        }
    }

    /** The place of a log of the host's own panes: the default below the folder of logs, or the given one. */
    LogPlace onHost(BenchContainer bench, AgentId agent, @Nullable String path) {
        String wanted = path == null ? defaultPath(folders.logs(), bench, agent) : path;
        String real =
                files.real(wanted).orElseThrow(() -> invisible(wanted, "it cannot be resolved without symbolic links"));
        return checked(wanted, new LogPlace(real, real));
    }

    /**
     * The place of a log of a container: the default as the bench sees it, else as the host does, or the given one.
     *
     * @param home the home of the bench user; asked for only if the default is wanted
     * @throws RefusedException {@code LOG_PATH_NOT_HOST_VISIBLE} if no mount leads to the path, or {@code LOG_PATH_INVALID}
     */
    LogPlace inContainer(BenchContainer bench, Supplier<String> home, AgentId agent, @Nullable String path) {
        if (bench.mounts().size() > MAX_MOUNTS) {
            lifecycle.report(
                    LifecycleEvent.MOUNTS_JSON_OVERSIZED,
                    "container_id",
                    bench.id().value(),
                    "observed_count",
                    bench.mounts().size(),
                    "max_count",
                    MAX_MOUNTS);
            throw invisible(
                    path == null ? "the default" : path,
                    "the container has " + bench.mounts().size() + " mounts; at most " + MAX_MOUNTS + " are read");
        }
        if (path != null) {
            return visible(bench.mounts(), path);
        }
        List<String> defaults = defaults(bench, home.get(), agent);
        try {
            return visible(bench.mounts(), defaults.get(0));
        } catch (RefusedException notInTheBenchHome) {
            return visible(bench.mounts(), defaults.get(1));
        }
    }

    /** The default paths of the log of an agent: as the bench sees it in the home of its user, and as the host does. */
    List<String> defaults(BenchContainer bench, String home, AgentId agent) {
        return List.of(
                defaultPath(home + "/.local/state/opensoft/agenttower/logs", bench, agent),
                defaultPath(folders.logs(), bench, agent));
    }

    private static String defaultPath(String logs, BenchContainer bench, AgentId agent) {
        return logs + "/" + bench.id().value() + "/" + agent.value() + ".log";
    }

    private LogPlace visible(List<Mount> mounts, String path) {
        Reading best = null;
        for (Mount mount : mounts) {
            if (isUsable(mount)) {
                best = longer(best, reading(mount.target(), mount, path));
                best = longer(best, reading(mount.source(), mount, path));
            }
        }
        if (best == null) {
            throw invisible(path, "no mount leads there; the container has " + shown(mounts));
        }
        Reading reading = best;
        if (reading.mount.isReadOnly()) {
            throw invisible(path, "the mount at " + reading.mount.target() + " is read-only in the container");
        }
        String source = files.real(reading.mount.source())
                .orElseThrow(() -> invisible(path, "the mount's source cannot be resolved"));
        String host = files.real(withoutSlash(reading.mount.source()) + reading.suffix)
                .orElseThrow(() -> invisible(path, "it cannot be resolved without symbolic links"));
        if (!isIn(source, host)) {
            throw invisible(path, "a symbolic link leads out of " + source);
        }
        if (!files.isDirectory(source) && !host.equals(source)) {
            throw invisible(path, source + " is no directory");
        }
        if (!files.isWritable(source)) {
            throw invisible(path, source + " is not writable for the daemon");
        }
        return checked(path, new LogPlace(host, withoutSlash(reading.mount.target()) + reading.suffix));
    }

    private LogPlace checked(String path, LogPlace place) {
        requireAllowed(place.hostPath(), path);
        if (files.isDirectory(place.hostPath())) {
            throw invalid(path, "is a directory");
        }
        return place;
    }

    private static boolean isUsable(Mount mount) {
        return (mount.type().equals("bind") || mount.type().equals("volume"))
                && mount.source().startsWith("/")
                && mount.target().startsWith("/");
    }

    private static Optional<Reading> reading(String prefix, Mount mount, String path) {
        String root = withoutSlash(prefix);
        return isIn(root, path)
                ? Optional.of(new Reading(root, mount, path.substring(root.length())))
                : Optional.empty();
    }

    private static @Nullable Reading longer(@Nullable Reading best, Optional<Reading> next) {
        return next.isPresent() && (best == null || next.get().prefix.length() > best.prefix.length())
                ? next.get()
                : best;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static boolean isIn(String folder, String path) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    private static String shown(List<Mount> mounts) {
        return mounts.isEmpty()
                ? "no mounts"
                : mounts.stream()
                        .map(mount -> mount.source() + " as " + mount.target())
                        .collect(Collectors.joining(", "));
    }

    private static RefusedException invalid(String path, String reason) {
        return new RefusedException(
                ErrorCode.LOG_PATH_INVALID,
                "log path \"" + Text.abbreviated(path, 200) + "\" " + reason,
                Map.of("field", "log_path"));
    }

    private static RefusedException invisible(String path, String reason) {
        return new RefusedException(
                ErrorCode.LOG_PATH_NOT_HOST_VISIBLE,
                "log path " + Text.abbreviated(path, 200) + " is not visible to both host and bench: " + reason,
                Map.of("field", "log_path"));
    }

    /** A path read on one side of a mount. */
    private record Reading(String prefix, Mount mount, String suffix) {}
}

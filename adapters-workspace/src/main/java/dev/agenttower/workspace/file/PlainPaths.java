package dev.agenttower.workspace.file;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Caches that some paths contain no links, for as long as none of their directories changes: inserting a link into a directory changes the
 * directory's time. Thread-safe.
 */
final class PlainPaths {
    private final Path root;
    private final InstantSource clock;
    private volatile @Nullable Known known;

    /** Paths below a root. */
    PlainPaths(Path root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    /**
     * Whether all paths are known to contain no links.
     *
     * @param isPlain checks one path
     */
    boolean areKnown(List<String> paths, Predicate<String> isPlain) {
        Known last = known;
        if (last != null && last.paths.equals(paths) && last.isStill()) {
            return true;
        }
        known = null;
        long now = clock.millis();
        Map<Path, FileState> directories = directories(paths);
        if (!paths.stream().allMatch(isPlain)) {
            return false;
        }
        Known next = new Known(List.copyOf(paths), directories);
        if (directories.values().stream().allMatch(state -> state.isSettled(now)) && next.isStill()) {
            known = next;
        }
        return true;
    }

    /** A missing path is covered by the state of its nearest existing directory. */
    private Map<Path, FileState> directories(List<String> paths) {
        Map<Path, FileState> directories = new LinkedHashMap<>();
        directories.put(root, FileState.ofAny(root));
        for (String path : paths) {
            Path parent = root;
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                parent = root.resolve(path.substring(0, slash));
                if (!parent.toFile().isDirectory()) {
                    break;
                }
                directories.computeIfAbsent(parent, FileState::ofAny);
            }
        }
        return directories;
    }

    private record Known(List<String> paths, Map<Path, FileState> directories) {
        boolean isStill() {
            for (Map.Entry<Path, FileState> directory : directories.entrySet()) {
                if (!FileState.ofAny(directory.getKey()).equals(directory.getValue())) {
                    return false;
                }
            }
            return true;
        }
    }
}

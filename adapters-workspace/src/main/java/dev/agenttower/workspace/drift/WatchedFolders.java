package dev.agenttower.workspace.drift;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import dev.agenttower.workspace.file.FollowedPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The folders that are watched, and for whom. One folder may be watched for several. Thread-safe. */
final class WatchedFolders {
    private final WatchService service;
    private final Map<WatchKey, Map<FollowedPaths, Set<String>>> interests = new HashMap<>();

    WatchedFolders(WatchService service) {
        this.service = service;
    }

    /**
     * Watches the folders of a following as they are now, and no longer those that it had before.
     *
     * @throws java.nio.file.ClosedWatchServiceException if all is over
     */
    void watch(FollowedPaths following) {
        watch(following, following.folders());
    }

    private synchronized void watch(FollowedPaths following, Map<Path, Set<String>> folders) {
        Set<WatchKey> before = new HashSet<>();
        interests.forEach((key, interested) -> {
            if (interested.remove(following) != null) {
                before.add(key);
            }
        });
        folders.forEach((folder, names) -> {
            try {
                WatchKey key = folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
                interests
                        .computeIfAbsent(key, added -> new HashMap<>())
                        .computeIfAbsent(following, added -> new HashSet<>())
                        .addAll(names);
            } catch (IOException e) {
                // gone again, closed to us, or one folder too many for the system: comparisons without a hint are left
            }
        });
        before.forEach(this::cancelIfUnused);
    }

    /** Ends the watching for a following. */
    synchronized void forget(FollowedPaths following) {
        Set<WatchKey> before = new HashSet<>(interests.keySet());
        interests.values().forEach(interested -> interested.remove(following));
        before.forEach(this::cancelIfUnused);
    }

    /** Who is interested in which names of a folder. */
    synchronized Map<FollowedPaths, Set<String>> interested(WatchKey key) {
        Map<FollowedPaths, Set<String>> copy = new HashMap<>();
        interests.getOrDefault(key, Map.of()).forEach((following, names) -> copy.put(following, Set.copyOf(names)));
        return copy;
    }

    /** A folder is gone. */
    synchronized void remove(WatchKey key) {
        interests.remove(key);
    }

    private void cancelIfUnused(WatchKey key) {
        if (interests.getOrDefault(key, Map.of()).isEmpty()) {
            interests.remove(key);
            key.cancel();
        }
    }
}

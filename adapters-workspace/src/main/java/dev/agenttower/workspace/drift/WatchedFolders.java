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

/** The watched folders and their subscriptions. Several subscriptions may share a folder. Thread-safe. */
final class WatchedFolders {
    private final WatchService service;
    private final Map<WatchKey, Map<FollowedPaths, Set<String>>> interests = new HashMap<>();

    WatchedFolders(WatchService service) {
        this.service = service;
    }

    /**
     * Watches the current folders of a subscription, and stops watching its former ones.
     *
     * @throws java.nio.file.ClosedWatchServiceException if the watch service is closed
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
                // deleted, not accessible, or over the system's limit of watches: the periodic comparison covers it
            }
        });
        before.forEach(this::cancelIfUnused);
    }

    /** Stops watching for a subscription. */
    synchronized void forget(FollowedPaths following) {
        Set<WatchKey> before = new HashSet<>(interests.keySet());
        interests.values().forEach(interested -> interested.remove(following));
        before.forEach(this::cancelIfUnused);
    }

    /** The subscriptions to a folder, each with its names. */
    synchronized Map<FollowedPaths, Set<String>> interested(WatchKey key) {
        Map<FollowedPaths, Set<String>> copy = new HashMap<>();
        interests.getOrDefault(key, Map.of()).forEach((following, names) -> copy.put(following, Set.copyOf(names)));
        return copy;
    }

    /** Removes a deleted folder. */
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

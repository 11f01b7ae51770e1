package dev.agenttower.workspace.drift;

import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.agenttower.core.governance.drift.PathChanges;
import dev.agenttower.workspace.file.FollowedPaths;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows paths through the watch service of the system, which watches the folders that they lie in.
 *
 * <p>One thread, {@code sovereign-watch}, takes what the system tells, waits until a following has been quiet for 150 ms or told of for 2 s, has
 * its folders watched anew if some came or went, and calls its listener. It lives from the first following to {@link #close}. The system keeps
 * at most 512 events for each folder, and says when there were more. Where it does not let more folders be watched, or another machine changes
 * files of a network, nothing is told. Thread-safe.
 */
public final class FolderWatch implements PathChanges, AutoCloseable {
    private static final long QUIET_NANOS = Duration.ofMillis(150).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long END_MILLIS = 2000;

    private final Set<FollowedPaths> followings = ConcurrentHashMap.newKeySet();
    private @Nullable Watching watching;
    private boolean isClosed;

    /** Nothing is followed yet. */
    public FolderWatch() {}

    @Override
    public Following follow(String folder, Collection<String> paths, Runnable listener) {
        Watching started = started();
        if (started == null) {
            return () -> {};
        }
        FollowedPaths following = new FollowedPaths(Path.of(folder), paths, listener);
        followings.add(following);
        try {
            started.folders.watch(following);
        } catch (ClosedWatchServiceException e) {
            return () -> {};
        }
        return () -> {
            followings.remove(following);
            started.folders.forget(following);
        };
    }

    /** The watching, begun when it is needed first; null where the system has no room for it, or all is over. */
    private synchronized @Nullable Watching started() {
        if (watching == null && !isClosed) {
            try {
                watching = new Watching(FileSystems.getDefault().newWatchService());
                watching.thread.start();
            } catch (IOException e) {
                return null; // the next following tries again
            }
        }
        return isClosed ? null : watching;
    }

    /** Ends all followings, and waits a moment for a listener that is being called. */
    @Override
    public void close() throws IOException {
        Watching last;
        synchronized (this) {
            isClosed = true;
            last = watching;
        }
        if (last == null) {
            return;
        }
        last.service.close();
        try {
            last.thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread and what it watches. */
    private final class Watching implements Runnable {
        private final WatchService service;
        private final WatchedFolders folders;
        private final Thread thread = new Thread(this, "sovereign-watch");

        Watching(WatchService service) {
            this.service = service;
            this.folders = new WatchedFolders(service);
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            try {
                while (true) {
                    WatchKey key = service.poll(remaining(), TimeUnit.NANOSECONDS);
                    if (key != null) {
                        take(key);
                    }
                    followings.forEach(this::passIfDue);
                }
            } catch (ClosedWatchServiceException e) {
                // this is how it ends
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private long remaining() {
            long now = System.nanoTime();
            return followings.stream()
                    .mapToLong(following -> following.remaining(now, QUIET_NANOS, LONGEST_NANOS))
                    .min()
                    .orElse(Long.MAX_VALUE);
        }

        private void take(WatchKey key) {
            long now = System.nanoTime();
            var interested = folders.interested(key);
            for (WatchEvent<?> event : key.pollEvents()) {
                boolean isLost = event.kind() == OVERFLOW;
                String name = String.valueOf(event.context());
                interested.forEach((following, names) -> {
                    if (isLost || names.contains(name) || names.contains(FollowedPaths.EVERYTHING)) {
                        following.tell(now, event.kind() != ENTRY_MODIFY);
                    }
                });
            }
            if (!key.reset()) {
                folders.remove(key);
                interested.keySet().forEach(following -> following.tell(now, true));
            }
        }

        private void passIfDue(FollowedPaths following) {
            if (following.remaining(System.nanoTime(), QUIET_NANOS, LONGEST_NANOS) > 0) {
                return;
            }
            try {
                if (following.takeOtherFolders()) {
                    folders.watch(following);
                }
                following.pass();
            } catch (
                    RuntimeException
                            e) { // the outermost frame of a listener: its fault must be seen, and must not end the
                // watching
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }
}

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
 * Follows paths through the watch service of the operating system, which watches their parent folders.
 *
 * <p>One thread, {@code sovereign-watch}, collects the events. Once a subscription has been quiet for 150 ms, or 2 s after its first event,
 * the thread renews its folder watches if folders were added or removed, and calls its listener. The thread lives from the first
 * subscription to {@link #close}. The system keeps at most 512 events for each folder and reports an overflow. No change is reported where
 * the system refuses more watches, nor for changes that another machine makes on a network file system. Thread-safe.
 */
public final class FolderWatch implements PathChanges, AutoCloseable {
    private static final long QUIET_NANOS = Duration.ofMillis(150).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long END_MILLIS = 2000;

    private final Set<FollowedPaths> followings = ConcurrentHashMap.newKeySet();
    private @Nullable Watching watching;
    private boolean isClosed;

    /** A watch without subscriptions. */
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

    /** The watching thread, started on first use; null if the system has no capacity for it or this is closed. */
    private synchronized @Nullable Watching started() {
        if (watching == null && !isClosed) {
            try {
                watching = new Watching(FileSystems.getDefault().newWatchService());
                watching.thread.start();
            } catch (IOException e) {
                return null; // the next subscription tries again
            }
        }
        return isClosed ? null : watching;
    }

    /** Ends all subscriptions, and waits briefly for a listener that is being called. */
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

    /** The thread and its watched folders. */
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
                    followings.forEach(this::notifyIfDue);
                }
            } catch (ClosedWatchServiceException e) {
                // closed
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
                        following.change(now, event.kind() != ENTRY_MODIFY);
                    }
                });
            }
            if (!key.reset()) {
                folders.remove(key);
                interested.keySet().forEach(following -> following.change(now, true));
            }
        }

        private void notifyIfDue(FollowedPaths following) {
            if (following.remaining(System.nanoTime(), QUIET_NANOS, LONGEST_NANOS) > 0) {
                return;
            }
            try {
                if (following.takeOtherFolders()) {
                    folders.watch(following);
                }
                following.notifyListener();
            } catch (RuntimeException e) {
                // the outermost frame of a listener: its failure must be reported and must not end the thread
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }
}

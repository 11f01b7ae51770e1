package dev.agenttower.bench.engine;

import dev.agenttower.core.container.Subscription;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All active watches, each a {@link WatchThread}, so that they can be ended together.
 *
 * <p>Thread-safe.
 */
public final class Watches implements AutoCloseable {
    private final Set<WatchThread> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Starts a watch on a thread of the given name; after {@link #close} it ends at once. */
    public Subscription start(String threadName, WatchThread.Attempt attempt) {
        var watch = new WatchThread(threadName, attempt);
        open.add(watch);
        if (closed) {
            watch.close();
        }
        watch.start();
        return () -> {
            open.remove(watch);
            watch.close();
        };
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(WatchThread::close);
        open.clear();
    }
}

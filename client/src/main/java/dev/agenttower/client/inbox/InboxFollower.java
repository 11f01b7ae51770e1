package dev.agenttower.client.inbox;

import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.core.inbox.Inbox;
import dev.agenttower.core.inbox.InboxItem;
import dev.agenttower.core.inbox.InboxItem.Kind;
import dev.agenttower.core.inbox.InboxPage;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the human in all projects and of all agents. One thread waits for the daemon to tell what changed, and tells listeners, also
 * when the daemon stops or starts to answer. Thread-safe.
 */
public final class InboxFollower implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PAGES = Duration.ofMillis(100);

    private final GovernanceClient daemon;
    private final Set<Consumer<Boolean>> listeners = ConcurrentHashMap.newKeySet();
    private final Thread reader;
    private final Map<String, InboxItem> items = new LinkedHashMap<>();
    private boolean isDown;

    /**
     * Knows nothing yet.
     *
     * @param daemon stays open
     * @param thread the name of the thread
     */
    public InboxFollower(GovernanceClient daemon, String thread) {
        this.daemon = daemon;
        reader = new Thread(this::read, thread);
        reader.setDaemon(true);
    }

    /** Starts to ask. */
    public void start() {
        reader.start();
    }

    /** Whether the daemon did not answer last. */
    public synchronized boolean isDaemonDown() {
        return isDown;
    }

    /** All items, in the order in which they came. */
    public synchronized List<InboxItem> items() {
        return List.copyOf(items.values());
    }

    /** The items of a kind, those that wait for the shortest time first. */
    public synchronized List<InboxItem> items(Kind kind) {
        return items.values().stream()
                .filter(item -> item.kind() == kind)
                .sorted(Comparator.comparing(InboxFollower::since).reversed())
                .toList();
    }

    /** The number of the items of a kind. */
    public synchronized int count(Kind kind) {
        return (int) items.values().stream().filter(item -> item.kind() == kind).count();
    }

    private static String since(InboxItem item) {
        @Nullable String since = item.since();
        return since == null ? "" : since;
    }

    /** Adds a listener, which is told whenever the daemon answers, and whether anything has changed; it must not block. */
    public void listen(Consumer<Boolean> listener) {
        listeners.add(listener);
    }

    /** Takes out a change that was decided here, before the daemon tells. */
    public void decided(String project, String id) {
        synchronized (this) {
            items.values()
                    .removeIf(item ->
                            item.kind() == Kind.CHANGE && item.id().equals(id) && project.equals(item.project()));
        }
        tell(true);
    }

    private void tell(boolean isNews) {
        listeners.forEach(listener -> listener.accept(isNews));
    }

    private void read() {
        @Nullable String cursor = null;
        boolean isNews = false;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    InboxPage page = daemon.inbox(cursor, cursor == null ? Duration.ZERO : Inbox.LONGEST_WAIT);
                    cursor = page.cursor();
                    isNews |= note(false);
                    isNews |= take(page);
                    if (!page.hasMore()) {
                        tell(isNews);
                        isNews = false;
                        // A daemon for which too many wait answers at once.
                        Thread.sleep(BETWEEN_PAGES.toMillis());
                    }
                } catch (DaemonException e) {
                    if (note(true)) {
                        tell(true);
                    }
                    Thread.sleep(PAUSE.toMillis());
                    // A daemon that was down may be another one now, which answers at once.
                    cursor = null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean take(InboxPage page) {
        if (page.isReset()) {
            items.clear();
        }
        page.removed().forEach(items::remove);
        page.items().forEach(item -> items.put(item.key(), item));
        return page.isNews();
    }

    /** Notes whether the daemon answers; returns whether that is new. */
    private synchronized boolean note(boolean isDownNow) {
        boolean wasDown = isDown;
        isDown = isDownNow;
        return wasDown != isDownNow;
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}

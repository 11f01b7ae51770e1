package dev.agenttower.core.event;

import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.settings.EventSettings;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Sessions of clients that follow events. A session ends when it is closed, has been idle for its time, or is the longest idle one of more
 * than {@value #MOST_SESSIONS}. Thread-safe.
 */
public final class EventFollowing {
    /** The most sessions at a time. */
    public static final int MOST_SESSIONS = 256;

    private static final int MOST_EXPIRED = 1024;
    private static final int ID_BYTES = 6;
    private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();

    private final EventStore store;
    private final int pageSize;
    private final long idleNanos;
    private final LongSupplier ticker;
    private final RandomGenerator random;
    private final Executor executor;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Set<String> expired = new LinkedHashSet<>();
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile long newest;
    private volatile long looked;
    private volatile boolean isClosed;

    /**
     * No sessions.
     *
     * @param ticker real time, in nanoseconds from any origin
     * @param random generates ids; must be cryptographically strong
     * @param executor looks for events that other processes stored, four times a second while somebody waits
     */
    public EventFollowing(
            EventStore store, EventSettings settings, LongSupplier ticker, RandomGenerator random, Executor executor) {
        this.store = store;
        this.pageSize = settings.defaultPageSize();
        this.idleNanos = LogVisit.nanos(settings.followSessionIdleTimeoutSeconds());
        this.ticker = ticker;
        this.random = random;
        this.executor = executor;
        this.looked = ticker.getAsLong() - LOOK_NANOS;
    }

    /**
     * An open session.
     *
     * @param backlog the oldest events since the requested time, at most a page
     * @param liveFrom the greatest id at the opening; later events are live
     */
    public record Opened(String sessionId, List<Event> backlog, long liveFrom) {}

    /** What is new for a session; {@code isOpen} is false if it was closed meanwhile. */
    public record News(List<Event> events, boolean isOpen) {}

    /** Opens a session; its backlog begins at {@code query.since()}, and is empty without. */
    public Opened open(EventQuery query) {
        long liveFrom = store.lastId();
        // Events that are stored meanwhile are live, and must not be told twice.
        List<Event> backlog = query.since() == null
                ? List.of()
                : store.list(query, null, false, pageSize).stream()
                        .filter(event -> event.id() <= liveFrom)
                        .toList();
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = "fs_" + HexFormat.of().formatHex(bytes);
        // What comes later is wanted whatever its time.
        EventQuery live = new EventQuery(query.agentId(), query.types(), null, null);
        synchronized (this) {
            expireIdle();
            if (sessions.size() >= MOST_SESSIONS) {
                sessions.values().stream()
                        .min(Comparator.comparingLong(session -> session.expires - ticker.getAsLong()))
                        .ifPresent(this::expire);
            }
            sessions.put(id, new Session(id, live, liveFrom, ticker.getAsLong() + idleNanos));
        }
        return new Opened(id, backlog, liveFrom);
    }

    /**
     * Begins a wait of at most {@code patience}, during which the session does not expire.
     *
     * @throws RefusedException {@code events_session_unknown} or {@code events_session_expired}
     */
    public void await(String sessionId, Duration patience) {
        renew(sessionId, patience.toNanos());
    }

    private synchronized void renew(String sessionId, long nanos) {
        expireIdle();
        Session session = sessions.get(sessionId);
        if (session == null) {
            throw expired.contains(sessionId)
                    ? new RefusedException(ErrorCode.EVENTS_SESSION_EXPIRED, "follow session " + sessionId + " expired")
                    : unknown();
        }
        session.expires = ticker.getAsLong() + nanos + idleNanos;
    }

    private static RefusedException unknown() {
        return new RefusedException(ErrorCode.EVENTS_SESSION_UNKNOWN, "unknown follow session");
    }

    /** The next events of a session, at most a page, by id. */
    public News next(String sessionId) {
        Session session;
        synchronized (this) {
            session = sessions.get(sessionId);
        }
        if (session == null || isClosed) {
            return new News(List.of(), false);
        }
        synchronized (session) {
            long last = store.lastId();
            List<Event> events = store.following(session.query, session.seen, pageSize);
            session.seen = events.isEmpty()
                    ? Math.max(session.seen, last)
                    : events.get(events.size() - 1).id();
            session.expires = ticker.getAsLong() + idleNanos;
            return new News(events, true);
        }
    }

    /** Whether {@link #next} may have something to tell. Never waits; looks for events of other processes in the background. */
    public boolean hasNews(String sessionId) {
        if (ticker.getAsLong() - looked >= LOOK_NANOS && isLooking.compareAndSet(false, true)) {
            try {
                executor.execute(this::look);
            } catch (RejectedExecutionException stopping) {
                isLooking.set(false);
            }
        }
        Session session;
        synchronized (this) {
            session = sessions.get(sessionId);
        }
        return isClosed || session == null || newest > session.seen;
    }

    private void look() {
        try {
            newest = store.lastId();
        } catch (StorageException unreadable) {
            // The next look may succeed; whoever asks meanwhile is told of the failure.
        } finally {
            looked = ticker.getAsLong();
            isLooking.set(false);
        }
    }

    /** Calls {@code listener} whenever this process has stored events; it must not wait. */
    public Subscription onStored(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Tells that events were stored. */
    public void stored() {
        boolean isFollowed;
        synchronized (this) {
            isFollowed = !sessions.isEmpty();
        }
        if (isFollowed) {
            look();
        }
        listeners.forEach(Runnable::run);
    }

    /**
     * Closes a session; a wait for it ends.
     *
     * @throws RefusedException {@code events_session_unknown} if there is none
     */
    public synchronized void close(String sessionId) {
        if (sessions.remove(sessionId) == null) {
            throw unknown();
        }
    }

    /** Ends all waits; sessions tell nothing any more. */
    public void closeAll() {
        isClosed = true;
    }

    private void expireIdle() {
        long now = ticker.getAsLong();
        List.copyOf(sessions.values()).stream()
                .filter(session -> now - session.expires > 0)
                .forEach(this::expire);
    }

    private void expire(Session session) {
        sessions.remove(session.id);
        expired.add(session.id);
        if (expired.size() > MOST_EXPIRED) {
            expired.remove(expired.iterator().next());
        }
    }

    private static final class Session {
        private final String id;
        private final EventQuery query;
        private volatile long seen;
        private volatile long expires;

        Session(String id, EventQuery query, long seen, long expires) {
            this.id = id;
            this.query = query;
            this.seen = seen;
            this.expires = expires;
        }
    }
}

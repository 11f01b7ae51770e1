package dev.agenttower.panel.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of browsers: at most eight, of which a ninth ends the one that was not used for the longest time. A session ends an hour
 * after its last page, and with the process. Thread-safe.
 */
public final class BrowserSessions {
    private static final Duration IDLE = Duration.ofHours(1);
    private static final int LIMIT = 8;

    private final InstantSource clock;
    /** The one used last is at the end. */
    private final List<BrowserSession> sessions = new ArrayList<>();

    /** No sessions. */
    public BrowserSessions(InstantSource clock) {
        this.clock = clock;
    }

    /** Opens a session for the browser that calls itself so. */
    public synchronized BrowserSession open(String browser) {
        Instant now = clock.instant();
        removeIdle(now);
        if (sessions.size() == LIMIT) {
            sessions.remove(0);
        }
        BrowserSession session = new BrowserSession(Tokens.next(), Tokens.next(), browser, now);
        sessions.add(session);
        return session;
    }

    /**
     * The session of a cookie; empty if there is none, or if another browser shows it.
     *
     * @param isUse whether this keeps the session from ending, which what a page does by itself must not
     */
    public synchronized Optional<BrowserSession> find(@Nullable String cookie, String browser, boolean isUse) {
        Instant now = clock.instant();
        removeIdle(now);
        Optional<BrowserSession> found = sessions.stream()
                .filter(session -> Tokens.areEqual(session.cookie(), cookie)
                        && session.browser().equals(browser))
                .findFirst();
        if (isUse && found.isPresent()) {
            sessions.remove(found.get());
            sessions.add(found.get().usedAt(now));
        }
        return found;
    }

    /** Ends a session. */
    public synchronized void end(BrowserSession ended) {
        sessions.removeIf(session -> session.cookie().equals(ended.cookie()));
    }

    private void removeIdle(Instant now) {
        sessions.removeIf(session -> !now.isBefore(session.lastUse().plus(IDLE)));
    }
}

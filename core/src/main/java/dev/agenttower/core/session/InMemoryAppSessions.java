package dev.agenttower.core.session;

import java.time.InstantSource;
import java.util.Optional;

/** Sessions that live as long as the daemon. Thread-safe. */
public final class InMemoryAppSessions implements AppSessions {
    /** No sessions yet. */
    public InMemoryAppSessions(InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<AppSession> open(String clientId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<AppSession> find(String token) {
        throw new UnsupportedOperationException();
    }
}

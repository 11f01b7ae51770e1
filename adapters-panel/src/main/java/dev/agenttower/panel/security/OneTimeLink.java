package dev.agenttower.panel.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The secret of the link that opens a session: at most one is valid, once, and for five minutes. Thread-safe. */
public final class OneTimeLink {
    private static final Duration VALID = Duration.ofMinutes(5);

    private final InstantSource clock;
    private @Nullable String secret;
    private Instant end = Instant.MIN;

    /** No secret so far. */
    public OneTimeLink(InstantSource clock) {
        this.clock = clock;
    }

    /** A new secret, which takes the place of the one before. */
    public synchronized String renew() {
        String next = Tokens.next();
        secret = next;
        end = clock.instant().plus(VALID);
        return next;
    }

    /** Whether this is the valid secret; it is not any more after that. */
    public synchronized boolean redeem(@Nullable String given) {
        if (secret == null || !clock.instant().isBefore(end) || !Tokens.areEqual(secret, given)) {
            return false;
        }
        secret = null;
        return true;
    }
}

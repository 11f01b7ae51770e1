package dev.agenttower.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that is moved by hand. Thread-safe. */
public final class HandClock implements InstantSource {
    /** Where it stands at first. */
    public static final Instant START = Instant.parse("2026-05-05T18:01:34.692118Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves it on. */
    public void advance(Duration step) {
        now.updateAndGet(instant -> instant.plus(step));
    }
}

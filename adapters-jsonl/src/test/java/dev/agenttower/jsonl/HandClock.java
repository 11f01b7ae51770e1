package dev.agenttower.jsonl;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is moved by hand. */
final class HandClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-05-05T18:01:34.692118Z");

    @Override
    public Instant instant() {
        return now;
    }

    synchronized void advance(Duration step) {
        now = now.plus(step);
    }
}

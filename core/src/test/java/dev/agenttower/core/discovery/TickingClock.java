package dev.agenttower.core.discovery;

import dev.agenttower.core.time.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that is a microsecond later at each reading. */
final class TickingClock implements InstantSource {
    private static final Instant START = Instant.parse("2026-05-05T18:00:00Z");

    private final AtomicLong readings = new AtomicLong();

    @Override
    public Instant instant() {
        return START.plusNanos(1000 * readings.incrementAndGet());
    }

    /** The stamp that no reading has given yet and the next one gives. */
    String next() {
        return Timestamps.micros(START.plusNanos(1000 * (readings.get() + 1)));
    }
}

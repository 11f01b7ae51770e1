package dev.agenttower.core.event;

import dev.agenttower.core.time.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clocks of the reader.
 *
 * @param wall stamps events
 * @param ticker measures windows and graces, in nanoseconds from any origin
 */
public record ReaderClock(InstantSource wall, LongSupplier ticker) {
    Moment now() {
        Instant instant = wall.instant();
        return new Moment(instant, Timestamps.micros(instant), ticker.getAsLong());
    }

    /** One moment, shared by all that is found at once. */
    record Moment(Instant instant, String text, long nanos) {}
}

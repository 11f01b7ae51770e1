package dev.agenttower.core.event;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The place of an event in the order of listing: by time, byte and id.
 *
 * @param observedAt null if only the id is compared
 * @param byteStart -1 if the event has no bytes
 */
public record EventPosition(long id, @Nullable String observedAt, long byteStart) {
    /** The order of listing. */
    public static final Comparator<Event> ORDER = Comparator.comparing(Event::observedAt)
            .thenComparingLong(EventPosition::byteStart)
            .thenComparingLong(Event::id);

    /** The place of an event. */
    public static EventPosition of(Event event) {
        return new EventPosition(event.id(), event.observedAt(), byteStart(event));
    }

    private static long byteStart(Event event) {
        Span bytes = event.bytes();
        return bytes == null ? -1 : bytes.start();
    }

    /** Whether an event stands after this place, or before it if the order is reversed. */
    public boolean precedes(Event event, boolean isReversed) {
        String at = observedAt;
        int compared = 0;
        if (at != null) {
            compared = event.observedAt().compareTo(at);
            compared = compared != 0 ? compared : Long.compare(byteStart(event), byteStart);
        }
        compared = compared != 0 ? compared : Long.compare(event.id(), id);
        return isReversed ? compared < 0 : compared > 0;
    }
}

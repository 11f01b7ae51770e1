package dev.agenttower.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventTrail;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every trail of events promises. */
abstract class EventTrailContract {
    /** The trail under test, empty at the start of each case. */
    abstract EventTrail trail();

    /** The ids of the events in the trail, in its order. */
    abstract List<Long> content() throws IOException;

    /** Makes the medium fail. */
    abstract void fail() throws IOException;

    private static List<Event> events(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(id -> new Event(
                        id,
                        "error",
                        "agt_00000000000a",
                        null,
                        null,
                        null,
                        null,
                        "2026-05-08T10:00:00.000000+00:00",
                        "Error: \"bööm\" {\"event_id\":99}",
                        null,
                        Event.Debounced.NONE,
                        1))
                .toList();
    }

    @Test
    void has_events_in_their_order_when_append_returns() throws IOException {
        assertThat(trail().latest()).isEmpty();
        trail().append(events(3, 5));
        trail().append(events(1, 2));
        assertThat(content()).containsExactly(3L, 4L, 5L, 1L, 2L);
        assertThat(trail().latest()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void knows_at_least_the_last_hundred() {
        trail().append(events(1, 300));
        assertThat(trail().latest())
                .containsAll(LongStream.rangeClosed(201, 300).boxed().toList());
    }

    @Test
    void says_so_if_events_may_not_be_on_disk() throws IOException {
        trail().append(events(1, 1));
        fail();
        assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(() -> trail().append(events(2, 2)));
    }
}

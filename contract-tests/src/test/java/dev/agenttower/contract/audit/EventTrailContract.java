package dev.agenttower.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventTrail;
import dev.agenttower.core.event.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link EventTrail} promises. */
abstract class EventTrailContract {
    /** The usual limit of an excerpt, in characters, each of which takes six on a line. */
    private static final int EXCERPT = 1024;

    /** The trail under test, empty at the start of each case. */
    abstract EventTrail trail();

    /** The fields of the appended events, oldest first. */
    abstract List<Map<String, @Nullable Object>> content() throws IOException;

    /** Makes each append fail, or ends that. */
    abstract void makeUnavailable(boolean isUnavailable) throws IOException;

    static Event event(long id) {
        return event(id, "excerpt " + id);
    }

    static Event event(long id, String excerpt) {
        return new Event(
                id,
                "error",
                "agt_00000000000a",
                "lat_0123456789ab",
                "/logs/1",
                new Span(id, id + 5),
                new Span(1, 2),
                "2026-05-10T12:00:00.000000+00:00",
                excerpt,
                "error.line.v1",
                Event.Debounced.NONE,
                1);
    }

    private static List<Event> events(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(EventTrailContract::event)
                .toList();
    }

    private List<Long> ids() throws IOException {
        return content().stream()
                .map(fields -> ((Number) fields.get("event_id")).longValue())
                .toList();
    }

    @Test
    void an_empty_trail_has_nothing() throws IOException {
        assertThat(trail().latest()).isEmpty();
        trail().append(List.of());
        assertThat(trail().latest()).isEmpty();
    }

    @Test
    void has_all_of_the_events_in_their_order_when_append_returns() throws IOException {
        Event hard = event(3, "ä😀\n\"\\\u0001\u0085\u2028 ,\"event_id\":77,}");
        trail().append(List.of(event(5), hard));
        trail().append(List.of(event(4)));
        assertThat(ids()).containsExactly(5L, 3L, 4L);
        assertThat(content().get(1).get("excerpt")).isEqualTo(hard.excerpt());
        assertThat(new ArrayList<>(content().get(1).keySet()))
                .isEqualTo(new ArrayList<>(hard.fields().keySet()));
        assertThat(trail().latest()).containsExactlyInAnyOrder(5L, 3L, 4L);
    }

    @Test
    void tells_at_least_the_last_hundred_events_however_long_they_are() {
        trail().append(events(1, 150));
        trail().append(LongStream.rangeClosed(151, 260)
                .mapToObj(id -> event(id, "\u0001".repeat(EXCERPT)))
                .toList());
        assertThat(trail().latest())
                .containsAll(LongStream.rangeClosed(161, 260).boxed().toList());
    }

    @Test
    void keeps_an_event_that_is_appended_twice_twice() throws IOException {
        trail().append(List.of(event(1)));
        trail().append(List.of(event(1)));
        assertThat(ids()).containsExactly(1L, 1L);
        assertThat(trail().latest()).containsExactly(1L);
    }

    @Test
    void says_when_events_may_be_lost_and_goes_on_afterwards() throws IOException {
        trail().append(List.of(event(1)));
        makeUnavailable(true);
        assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(() -> trail().append(List.of(event(2))));
        makeUnavailable(false);
        trail().append(List.of(event(3)));
        assertThat(trail().latest()).contains(1L, 3L);
    }

    @Test
    void threads_append_their_events_whole_and_in_their_order() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        for (int i = 0; i < 20; i++) {
                            trail().append(events(thread * 1000L + i * 2L, thread * 1000L + i * 2L + 1));
                        }
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ids()).hasSize(160);
        for (long thread = 0; thread < 4; thread++) {
            long own = thread;
            assertThat(ids().stream().filter(id -> id / 1000 == own).toList())
                    .isEqualTo(LongStream.range(own * 1000, own * 1000 + 40)
                            .boxed()
                            .toList());
        }
    }
}

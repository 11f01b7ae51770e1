package dev.agenttower.contract.store;

import static dev.agenttower.contract.store.StoredRows.agent;
import static dev.agenttower.contract.store.StoredRows.at;
import static dev.agenttower.contract.store.StoredRows.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventPosition;
import dev.agenttower.core.event.EventQuery;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.event.Span;
import dev.agenttower.core.memory.EventRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link EventStore} promises. */
abstract class EventStoreContract extends StoreContract {
    static Event event(long id, String type, String agent, String observedAt, long start) {
        return new Event(
                id,
                type,
                agent,
                "lat_1",
                "/logs/1",
                new Span(start, start + 5),
                new Span(1, 2),
                observedAt,
                "excerpt " + id,
                "rule.v1",
                Event.Debounced.NONE,
                1);
    }

    private void put(Event event) {
        tables.put(new EventRow(event, null));
    }

    private List<Long> ids(EventQuery query) {
        return tables.events().list(query, null, false, 100).stream()
                .map(Event::id)
                .toList();
    }

    @Test
    void an_empty_store_has_nothing() {
        assertThat(ids(EventQuery.ALL)).isEmpty();
        assertThat(tables.events().lastId()).isZero();
        assertThat(tables.events().unappended(10)).isEmpty();
    }

    @Test
    void an_event_that_belongs_to_no_log_is_stored_behind_the_others() {
        put(event(3, "error", "a", at(1), 7));
        Event event = new Event(
                0,
                "completed",
                "a",
                "",
                "",
                new Span(0, 0),
                new Span(0, 0),
                at(2),
                "done",
                "state.idle.v1",
                Event.Debounced.NONE,
                1);

        Event stored = tables.events().append(event);

        assertThat(stored).isEqualTo(event.withId(stored.id()));
        assertThat(stored.id()).isGreaterThan(3).isEqualTo(tables.events().lastId());
        assertThat(tables.events().following(EventQuery.ALL, 3, 10)).containsExactly(stored);
        assertThat(tables.events().unappended(10)).contains(stored);
    }

    @Test
    void the_latest_event_of_an_agent_is_the_last_of_its_log() {
        tables.put(agent("a", key("c", 1), true));
        tables.put(agent("b", key("c", 2), true));
        tables.put(agent("gone", key("c", 3), false));
        tables.put(agent("silent", key("c", 4), true));
        put(event(1, "error", "a", at(1), 0));
        put(event(2, "waiting_for_input", "a", at(3), 9));
        put(event(3, "activity", "a", at(3), 4));
        put(event(4, "completed", "b", at(2), 0));
        put(event(5, "error", "gone", at(2), 0));
        tables.put(new EventRow(6, "routing_toggled", "b", at(9)));
        assertThat(tables.events().latest()).extracting(Event::id).containsExactlyInAnyOrder(2L, 4L);
    }

    @Test
    void shows_all_of_an_event() {
        Event event = event(3, "error", "a", at(1), 7);
        put(event);
        assertThat(tables.events().list(EventQuery.ALL, null, false, 10)).containsExactly(event);
    }

    @Test
    void lists_by_time_and_byte_and_id() {
        put(event(1, "error", "a", at(3), 0));
        put(event(2, "error", "a", at(1), 9));
        put(event(3, "error", "a", at(1), 2));
        put(event(4, "error", "a", at(1), 2));
        tables.put(new EventRow(5, "error", "a", at(1)));
        assertThat(ids(EventQuery.ALL)).containsExactly(5L, 3L, 4L, 2L, 1L);
    }

    @Test
    void leaves_out_records_of_the_queue_but_counts_their_ids() {
        put(event(1, "error", "a", at(1), 0));
        tables.put(new EventRow(2, "routing_toggled", "a", at(1)));
        assertThat(ids(EventQuery.ALL)).containsExactly(1L);
        assertThat(tables.events().lastId()).isEqualTo(2);
        assertThat(tables.events().unappended(10)).extracting(Event::id).containsExactly(1L);
        assertThat(tables.events().countUnappended()).isEqualTo(1);
    }

    @Test
    void filters_by_agent_type_and_time() {
        put(event(1, "error", "a", at(1), 0));
        put(event(2, "completed", "b", at(2), 0));
        put(event(3, "activity", "b", at(3), 0));
        assertThat(ids(new EventQuery("b", Set.of(), null, null))).containsExactly(2L, 3L);
        assertThat(ids(new EventQuery(null, Set.of(EventType.ERROR, EventType.ACTIVITY), null, null)))
                .containsExactly(1L, 3L);
        assertThat(ids(new EventQuery(null, Set.of(), at(2), null))).containsExactly(2L, 3L);
        assertThat(ids(new EventQuery(null, Set.of(), null, at(2)))).containsExactly(1L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pages_hold_each_event_once_in_both_directions(boolean isReversed) {
        List<Event> all = new ArrayList<>();
        for (int i = 1; i <= 23; i++) {
            Event event = event(i, "error", "a", at(i % 5), i % 3);
            put(event);
            all.add(event);
        }
        all.sort(isReversed ? EventPosition.ORDER.reversed() : EventPosition.ORDER);
        List<Event> paged = new ArrayList<>();
        @Nullable EventPosition after = null;
        for (int i = 0; i < 6; i++) {
            List<Event> page = tables.events().list(EventQuery.ALL, after, isReversed, 4);
            paged.addAll(page);
            after = EventPosition.of(page.get(page.size() - 1));
        }
        assertThat(paged).isEqualTo(all);
        assertThat(tables.events().list(EventQuery.ALL, after, isReversed, 4)).isEmpty();
    }

    @Test
    void a_position_of_an_id_alone_compares_ids() {
        put(event(1, "error", "a", at(3), 0));
        put(event(2, "error", "a", at(1), 0));
        EventPosition one = new EventPosition(1, null, -1);
        assertThat(tables.events().list(EventQuery.ALL, one, false, 10))
                .extracting(Event::id)
                .containsExactly(2L);
    }

    @Test
    void what_follows_comes_by_id() {
        put(event(1, "error", "a", at(3), 0));
        put(event(2, "error", "a", at(2), 0));
        put(event(3, "error", "a", at(1), 0));
        assertThat(tables.events().following(EventQuery.ALL, 1, 10))
                .extracting(Event::id)
                .containsExactly(2L, 3L);
        assertThat(tables.events().following(EventQuery.ALL, 0, 1))
                .extracting(Event::id)
                .containsExactly(1L);
    }

    @Test
    void a_mark_is_set_once() {
        put(event(1, "error", "a", at(1), 0));
        put(event(2, "error", "a", at(1), 0));
        tables.events().markAppended(Set.of(1L), at(5));
        assertThat(tables.events().unappended(10)).extracting(Event::id).containsExactly(2L);
        tables.events().markAppended(Set.of(1L, 2L, 77L), at(6));
        assertThat(tables.events().countUnappended()).isZero();
    }
}

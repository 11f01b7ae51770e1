package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerChain;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.ledger.LedgerPage;
import dev.agenttower.core.governance.ledger.LedgerQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a {@link Ledger} must do. */
abstract class LedgerContract {
    /** An empty ledger. */
    abstract Ledger ledger();

    @Test
    void binds_each_event_to_the_one_before_it() {
        Ledger ledger = ledger();
        LedgerEvent first = ledger.append(draft("one"));
        List<LedgerEvent> more = ledger.append(List.of(draft("two"), draft("three")));

        assertThat(first.fields()).containsEntry("prev_hash", LedgerChain.GENESIS);
        assertThat(more.get(0).fields()).containsEntry("prev_hash", first.hash());
        assertThat(more.get(1).fields()).containsEntry("prev_hash", more.get(0).hash());
        assertThat(ledger.verify().valid()).isTrue();
        assertThat(ledger.verify().events()).isEqualTo(3);
    }

    @Test
    void writes_the_fields_in_the_order_of_the_format() {
        LedgerEvent event = ledger().append(draft("one").with("status", "pending"));

        assertThat(event.fields().keySet())
                .containsExactly(
                        "event_id",
                        "ts",
                        "agent",
                        "role",
                        "action_type",
                        "description",
                        "spec_ref",
                        "authorized",
                        "tier",
                        "status",
                        "prev_hash",
                        "hash");
        assertThat(event.agent()).isEqualTo("CLAUDE");
        assertThat(event.id()).matches("evt_\\d{8}_\\d{6}_\\d{3}_tag_[0-9a-f]{10}");
    }

    @Test
    void gives_ids_that_no_other_event_has_and_keeps_the_chain_when_many_write_at_once() throws Exception {
        Ledger ledger = ledger();
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                String name = "w" + writer;
                work.add(() -> {
                    for (int i = 0; i < 25; i++) {
                        ledger.append(draft(name));
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : writers.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            writers.shutdownNow();
        }
        List<LedgerEvent> all = ledger.select(LedgerFilter.all(), 0, null);
        assertThat(all).hasSize(200).extracting(LedgerEvent::id).doesNotHaveDuplicates();
        assertThat(ledger.verify().errors()).isEmpty();
    }

    @Test
    void selects_oldest_first_after_filters_with_offset_and_limit() {
        Ledger ledger = ledger();
        for (int i = 0; i < 10; i++) {
            ledger.append(draft(i % 2 == 0 ? "even" : "odd", "n" + i));
        }
        assertThat(ledger.select(LedgerFilter.ofType("even"), 1, 2))
                .extracting(LedgerEvent::description)
                .containsExactly("n2", "n4");
        assertThat(ledger.select(LedgerFilter.ofType("EVEN"), 0, null)).isEmpty();
        assertThat(ledger.select(new LedgerFilter("CLAUDE", "Architect", null, null), 8, null))
                .hasSize(2);
    }

    @Test
    void a_ledger_that_does_not_exist_is_empty_and_reading_does_not_create_it() {
        Ledger ledger = ledger();
        assertThat(ledger.select(LedgerFilter.all(), 0, null)).isEmpty();
        assertThat(ledger.page(LedgerQuery.newest(LedgerFilter.all(), 5)).events())
                .isEmpty();
        assertThat(ledger.verify().errors()).containsExactly("ADS file not found");
        assertThat(ledger.verify().valid()).isFalse();
    }

    @Test
    void pages_from_the_end_backward_and_from_a_cursor_forward() {
        Ledger ledger = ledger();
        for (int i = 0; i < 10; i++) {
            ledger.append(draft("type", "n" + i));
        }
        LedgerPage newest = ledger.page(LedgerQuery.newest(LedgerFilter.all(), 3));
        LedgerPage older = ledger.page(LedgerQuery.before(LedgerFilter.all(), newest.before(), 3));
        ledger.append(draft("type", "n10"));
        LedgerPage newer = ledger.page(LedgerQuery.after(LedgerFilter.all(), newest.after(), 3));

        assertThat(newest.events()).extracting(LedgerEvent::description).containsExactly("n7", "n8", "n9");
        assertThat(newest.hasMore()).isTrue();
        assertThat(older.events()).extracting(LedgerEvent::description).containsExactly("n4", "n5", "n6");
        assertThat(newer.events()).extracting(LedgerEvent::description).containsExactly("n10");
        assertThat(newer.hasMore()).isFalse();
        assertThat(ledger.page(LedgerQuery.after(LedgerFilter.all(), newer.after(), 3))
                        .after())
                .isEqualTo(newer.after());
    }

    @Test
    void cursors_walk_over_everything_once() {
        Ledger ledger = ledger();
        for (int i = 0; i < 23; i++) {
            ledger.append(draft(i % 3 == 0 ? "a" : "b", "n" + i));
        }
        List<String> seen = new ArrayList<>();
        LedgerPage page = ledger.page(LedgerQuery.after(LedgerFilter.ofType("b"), LedgerCursor.START, 4));
        page.events().forEach(event -> seen.add(event.description()));
        while (page.hasMore()) {
            page = ledger.page(LedgerQuery.after(LedgerFilter.ofType("b"), page.after(), 4));
            page.events().forEach(event -> seen.add(event.description()));
        }
        assertThat(seen)
                .isEqualTo(ledger.select(LedgerFilter.ofType("b"), 0, null).stream()
                        .map(LedgerEvent::description)
                        .toList());
    }

    @Test
    void refuses_a_cursor_of_another_ledger() {
        Ledger ledger = ledger();
        ledger.append(draft("one"));
        LedgerCursor foreign = new LedgerCursor(1, "0123456789abcdef");

        assertThatThrownBy(() -> ledger.page(LedgerQuery.after(LedgerFilter.all(), foreign, 1)))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> ledger.page(
                        LedgerQuery.after(LedgerFilter.all(), new LedgerCursor(1L << 40, foreign.mark()), 1)))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void reaches_to_the_cursor_at_its_end() {
        Ledger ledger = ledger();
        assertThat(ledger.extent()).isZero();
        for (int i = 0; i < 3; i++) {
            ledger.append(draft("one"));
            assertThat(ledger.extent())
                    .isEqualTo(ledger.page(LedgerQuery.newest(LedgerFilter.all(), 1))
                            .after()
                            .offset());
        }
    }

    @Test
    void keeps_the_id_and_time_that_a_draft_carries() {
        EventDraft draft = draft("one").withId("evt_given");
        assertThat(ledger().append(draft).id()).isEqualTo("evt_given");
    }

    @Test
    void closes_a_segment_and_names_it_in_the_first_event_of_the_new_chain() {
        Ledger ledger = ledger();
        ledger.append(draft("one"));
        ledger.append(draft("two"));

        LedgerEvent first = ledger.closeSegment(segment -> draft("reset")
                .withData(Map.of(
                        "name", segment.name(), "events", segment.integrity().events())));

        assertThat(first.fields()).containsEntry("prev_hash", LedgerChain.GENESIS);
        assertThat(first.data("name")).isNotBlank();
        ledger.append(draft("three"));
        assertThat(ledger.verify().errors()).isEmpty();
        assertThat(ledger.select(LedgerFilter.all(), 0, null))
                .extracting(LedgerEvent::actionType)
                .containsExactly("reset", "three");
    }

    @Test
    void a_missing_ledger_cannot_be_closed() {
        Ledger ledger = ledger();
        assertThatThrownBy(() -> ledger.closeSegment(segment -> draft("reset"))).isInstanceOf(LedgerException.class);
    }

    static EventDraft draft(String type) {
        return draft(type, "did " + type);
    }

    static EventDraft draft(String type, String description) {
        return EventDraft.of("tag", "Claude", "Architect", type, 3, description);
    }
}

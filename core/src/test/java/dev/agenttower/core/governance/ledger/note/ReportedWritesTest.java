package dev.agenttower.core.governance.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.Integrity;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.ledger.LedgerPage;
import dev.agenttower.core.governance.ledger.LedgerQuery;
import dev.agenttower.core.governance.ledger.SegmentOpening;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ReportedWritesTest {
    private static final EventDraft EVENT = EventDraft.of("t", "A", "R", "note", 3, "d");

    private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());
    private final InMemoryPromiseStore store = new InMemoryPromiseStore();
    private final List<String> file = new ArrayList<>();

    private ReportedWrites writes() {
        return new ReportedWrites(store, "p", "f", ledger);
    }

    private void write(ReportedWrites writes, Runnable write) {
        writes.write("s", "shown", EVENT, write, file::clear);
    }

    private boolean isShown(PromisedEvent promise) {
        return file.contains(promise.shown());
    }

    private static Runnable cut() {
        return () -> {
            throw new IllegalStateException("cut");
        };
    }

    @Test
    void the_file_comes_first_then_the_event_and_nothing_stays_noted() {
        ReportedWrites writes = writes();
        write(writes, () -> {
            assertThat(store.find("p", "f")).hasSize(1);
            assertThat(ledger.events()).isEmpty();
            file.add("shown");
        });
        assertThat(ledger.events()).hasSize(1);
        assertThat(store.find("p", "f")).isEmpty();
        assertThat(writes.isInterrupted()).isFalse();
    }

    @Test
    void what_was_cut_off_before_the_file_was_written_never_happened() {
        assertThatThrownBy(() -> write(writes(), cut())).hasMessage("cut");
        assertThat(writes().isInterrupted()).isTrue();
        writes().settle(this::isShown);
        assertThat(writes().isInterrupted()).isFalse();
        assertThat(ledger.events()).isEmpty();
    }

    @Test
    void what_was_cut_off_after_the_file_was_written_gets_its_event_once() {
        assertThatThrownBy(() -> write(writes(), () -> {
                    file.add("shown");
                    cut().run();
                }))
                .hasMessage("cut");
        writes().settle(this::isShown);
        writes().settle(this::isShown);
        assertThat(ledger.events()).hasSize(1);
    }

    @Test
    void what_was_told_and_still_noted_is_not_told_again() {
        store.note("p", new PromisedEvent("f", "s", "shown", EVENT, ledger.end()));
        file.add("shown");
        ledger.append(EventDraft.of("t", "A", "R", "other", 3, "d"));
        ledger.append(EVENT);
        writes().settle(this::isShown);
        assertThat(ledger.events()).hasSize(2);
        assertThat(store.find("p", "f")).isEmpty();
    }

    @Test
    void the_same_object_finishes_what_it_did_not_finish_itself() {
        ReportedWrites writes = writes();
        writes.settle(this::isShown);
        assertThatThrownBy(() -> write(writes, () -> {
                    file.add("shown");
                    cut().run();
                }))
                .hasMessage("cut");
        writes.settle(this::isShown);
        assertThat(ledger.events()).hasSize(1);
    }

    @Test
    void a_file_whose_event_cannot_be_written_becomes_what_it_was() {
        Ledger broken = new UnwritableLedger(ledger);
        assertThatThrownBy(() -> new ReportedWrites(store, "p", "f", broken)
                        .write("s", "shown", EVENT, () -> file.add("shown"), file::clear))
                .isInstanceOf(LedgerException.class);
        assertThat(file).isEmpty();
        writes().settle(this::isShown);
        assertThat(ledger.events()).isEmpty();
    }

    @Test
    void nothing_is_written_that_cannot_be_noted() {
        PromiseStore full = new FullStore();
        assertThatThrownBy(() -> new ReportedWrites(full, "p", "f", ledger)
                        .write("s", "shown", EVENT, () -> file.add("shown"), file::clear))
                .isInstanceOf(StorageException.class);
        assertThat(file).isEmpty();
    }

    private record UnwritableLedger(Ledger ledger) implements Ledger {
        @Override
        public List<LedgerEvent> append(List<EventDraft> drafts) {
            throw new LedgerException("full", null);
        }

        @Override
        public void scan(Predicate<? super LedgerEvent> visitor) {
            ledger.scan(visitor);
        }

        @Override
        public LedgerPage page(LedgerQuery query) {
            return ledger.page(query);
        }

        @Override
        public long extent() {
            return ledger.extent();
        }

        @Override
        public Integrity verify() {
            return ledger.verify();
        }

        @Override
        public LedgerEvent closeSegment(SegmentOpening opening) {
            return ledger.closeSegment(opening);
        }
    }

    private static final class FullStore implements PromiseStore {
        @Override
        public void note(String project, PromisedEvent promise) {
            throw new StorageException("full", new IOException("full"));
        }

        @Override
        public List<PromisedEvent> find(String project, String file) {
            return List.of();
        }

        @Override
        public void remove(String project, PromisedEvent promise) {}

        @Override
        public void forget(String project) {}
    }
}

package dev.agenttower.workspace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.ledger.LedgerQuery;
import dev.agenttower.core.governance.ledger.note.ExternalEvents;
import dev.agenttower.core.governance.ledger.note.InMemoryLedgerNotes;
import dev.agenttower.core.governance.ledger.note.LedgerEnd;
import dev.agenttower.core.governance.ledger.note.LedgerNote;
import dev.agenttower.core.governance.ledger.note.LedgerNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which events of a ledger are ours, whenever the process ended, and which are not, whenever they were written. */
class LedgerOriginsTest {
    private static final String KEY = "demo@1";

    @TempDir
    Path root;

    private Path file;
    private final Journal notes = new Journal();
    private FileLedger ledger;

    @BeforeEach
    void open() {
        file = root.resolve("events.jsonl");
        ledger = reopened(notes);
        ledger.settle();
    }

    private FileLedger reopened(LedgerNotes known) {
        return new FileLedger(file, file.getRoot(), InstantSource.system(), known, KEY);
    }

    private FileLedger other() {
        return new FileLedger(file, InstantSource.system());
    }

    @Test
    void cut_off_at_any_byte_of_a_batch_and_after_any_note_of_it_nothing_of_ours_is_external() throws IOException {
        ledger.append(draft("one"));
        other().append(draft("foreign"));
        ledger.append(List.of(draft("two"), draft("three")));
        byte[] bytes = Files.readAllBytes(file);
        List<LedgerNote> saved = List.copyOf(notes.saved);
        List<ExternalEvents> external = notes.external(KEY);
        LedgerNote last = saved.get(saved.size() - 1);
        long start = last.batch() == null ? 0 : last.batch().start();
        assertThat(start).isPositive();
        for (int end : cuts(bytes, (int) start)) {
            Files.write(file, Arrays.copyOf(bytes, end));
            InMemoryLedgerNotes left = new InMemoryLedgerNotes();
            left.save(KEY, last, true);
            // told is noted after the batch
            external.forEach(events -> left.put(
                    KEY,
                    new ExternalEvents(
                            events.from(), events.to(), events.count(), events.firstId(), events.lastId(), false)));
            FileLedger next = reopened(left);
            next.settle();
            next.append(draft("four"));
            List<LedgerEvent> events = next.select(LedgerFilter.all(), 0, null);
            assertThat(events.stream().filter(LedgerEvent::isExternal))
                    .as("cut off at %d", end)
                    .extracting(LedgerEvent::actionType)
                    .containsExactly("foreign");
            assertThat(events.stream().filter(event -> event.actionType().equals(ExternalEvents.TYPE)))
                    .as("cut off at %d", end)
                    .hasSize(1);
            assertThat(next.verify().errors()).isEmpty();
        }
    }

    @Test
    void a_new_chain_that_is_cut_off_anywhere_is_ours() throws IOException {
        ledger.append(List.of(draft("one"), draft("two")));
        ledger.append(draft("three"));
        ledger.settle();
        byte[] old = Files.readAllBytes(file);
        ledger.closeSegment(segment -> draft("reset"));
        byte[] bytes = Files.readAllBytes(file);
        LedgerNote last = notes.saved.get(notes.saved.size() - 1);
        for (int end : cuts(bytes, -1)) {
            Files.write(file, end < 0 ? old : Arrays.copyOf(bytes, end));
            InMemoryLedgerNotes left = new InMemoryLedgerNotes();
            left.save(KEY, last, true);
            FileLedger next = reopened(left);
            next.settle();
            next.append(draft("four"));
            assertThat(next.select(LedgerFilter.all(), 0, null))
                    .as("cut off at %d", end)
                    .noneMatch(LedgerEvent::isExternal)
                    .extracting(LedgerEvent::actionType)
                    .doesNotContain(ExternalEvents.TYPE, "ledger_rewritten");
        }
    }

    @Test
    void what_others_write_is_external_at_once_and_told_with_the_next_event() {
        ledger.append(draft("one"));
        LedgerEvent foreign = other().append(draft("foreign"));
        assertThat(ledger.page(LedgerQuery.newest(LedgerFilter.all(), 10)).events())
                .extracting(LedgerEvent::isExternal)
                .containsExactly(false, true);
        ledger.append(draft("two"));
        ledger.append(draft("three"));
        assertThat(external()).containsExactly(foreign.id());
        assertThat(types()).containsExactly("one", "foreign", ExternalEvents.TYPE, "two", "three");
        ledger.settle();
        reopened(notes).settle();
        assertThat(types()).hasSize(5);
        assertThat(ledger.verify().errors()).isEmpty();
    }

    @Test
    void looking_tells_as_well_and_does_nothing_where_there_is_nothing_to_tell() {
        ledger.settle();
        assertThat(file).doesNotExist();
        other().append(draft("foreign"));
        ledger.settle();
        ledger.settle();
        assertThat(types()).containsExactly("foreign", ExternalEvents.TYPE);
    }

    @Test
    void two_who_watch_the_same_ledger_do_not_tell_of_each_others_telling() {
        FileLedger second = reopened(new InMemoryLedgerNotes());
        second.settle();
        ledger.append(draft("one"));
        for (int i = 0; i < 5; i++) {
            second.settle();
            ledger.settle();
        }
        assertThat(types()).containsExactly("one", ExternalEvents.TYPE);
    }

    @Test
    void a_ledger_that_was_rewritten_while_nobody_watched_is_told_and_all_that_is_on_it_is_external()
            throws IOException {
        ledger.append(draft("one"));
        ledger.append(draft("two"));
        Files.delete(file);
        other().append(List.of(draft("a"), draft("b"), draft("c")));
        FileLedger next = reopened(notes);
        next.settle();
        next.append(draft("three"));
        assertThat(types()).containsExactly("a", "b", "c", "ledger_rewritten", "three");
        assertThat(external()).hasSize(3);
    }

    @Test
    void a_last_batch_that_is_taken_away_is_told_once_the_ledger_has_rested() throws IOException {
        ledger.append(draft("one"));
        long size = Files.size(file);
        ledger.append(draft("two"));
        ledger.settle();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) size));
        reopened(notes).settle();
        assertThat(types()).containsExactly("one", "ledger_rewritten");
    }

    @Test
    void what_cannot_be_noted_is_not_written() throws IOException {
        ledger.append(draft("one"));
        notes.isBroken = true;
        assertThatThrownBy(() -> ledger.append(draft("two"))).isInstanceOf(LedgerException.class);
        notes.isBroken = false;
        ledger.append(draft("three"));
        assertThat(types()).containsExactly("one", "three");
        assertThat(external()).isEmpty();
    }

    @Test
    void an_event_that_slips_in_without_waiting_for_its_turn_is_external() throws IOException {
        ledger.append(draft("one"));
        String line = Files.readString(file).replace("\"one\"", "\"slip\"");
        Files.writeString(file, line, StandardOpenOption.APPEND);
        ledger.append(draft("two"));
        assertThat(types()).containsExactly("one", "slip", ExternalEvents.TYPE, "two");
        assertThat(ledger.select(LedgerFilter.ofType("slip"), 0, null)).allMatch(LedgerEvent::isExternal);
    }

    /** Every few bytes, and those around each end of a line. */
    private static List<Integer> cuts(byte[] bytes, int from) {
        List<Integer> cuts = new ArrayList<>();
        for (int at = from; at <= bytes.length; at++) {
            boolean isAtLineEnd = at == from || at == bytes.length;
            for (int near = Math.max(0, at - 2); near < Math.min(bytes.length, at + 1); near++) {
                isAtLineEnd |= bytes[near] == '\n';
            }
            if (isAtLineEnd || at % 61 == 0) {
                cuts.add(at);
            }
        }
        return cuts;
    }

    private List<String> types() {
        return ledger.select(LedgerFilter.all(), 0, null).stream()
                .map(LedgerEvent::actionType)
                .toList();
    }

    private List<String> external() {
        return reopened(notes).select(LedgerFilter.all(), 0, null).stream()
                .filter(LedgerEvent::isExternal)
                .map(LedgerEvent::id)
                .toList();
    }

    private static EventDraft draft(String type) {
        return EventDraft.of("tag", "CLAUDE", "Architect", type, 3, "did");
    }

    /** Remembers each note. */
    private static final class Journal implements LedgerNotes {
        private final InMemoryLedgerNotes notes = new InMemoryLedgerNotes();
        private final List<LedgerNote> saved = new ArrayList<>(List.of(new LedgerNote(LedgerEnd.START, null)));
        private boolean isBroken;

        @Override
        public Optional<LedgerNote> find(String project) {
            return notes.find(project);
        }

        @Override
        public void save(String project, LedgerNote note, boolean isDurable) {
            if (isBroken) {
                throw new StorageException("full", new IOException("full"));
            }
            saved.add(note);
            notes.save(project, note, isDurable);
        }

        @Override
        public List<ExternalEvents> external(String project) {
            return notes.external(project);
        }

        @Override
        public void put(String project, ExternalEvents events) {
            notes.put(project, events);
        }

        @Override
        public void clear(String project) {
            notes.clear(project);
        }

        @Override
        public void forget(String project) {
            notes.forget(project);
        }
    }
}

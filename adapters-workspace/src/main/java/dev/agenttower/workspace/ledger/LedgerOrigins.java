package dev.agenttower.workspace.ledger;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.note.ExternalEvents;
import dev.agenttower.core.governance.ledger.note.LedgerBatch;
import dev.agenttower.core.governance.ledger.note.LedgerEnd;
import dev.agenttower.core.governance.ledger.note.LedgerNote;
import dev.agenttower.core.governance.ledger.note.LedgerNotes;
import dev.agenttower.workspace.file.JacksonJson;
import dev.agenttower.workspace.file.JsonLine;
import dev.agenttower.workspace.file.LineReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells the events that this side wrote from those of others, by where they lie in the file.
 *
 * <p>Before a batch is written, its end and the hashes of its events are noted outside of the project. What lies after the known end, and was
 * not about to be written, is of others: neither an end of the process between two steps nor a batch that was written in part changes that.
 *
 * <p>One thread at a time, which holds the lock of the file, settles and writes; any thread asks.
 */
final class LedgerOrigins {
    private final LedgerNotes notes;
    private final String project;
    private final JacksonJson json;
    private final ConcurrentSkipListMap<Long, ExternalEvents> external = new ConcurrentSkipListMap<>();
    private LedgerEnd end = LedgerEnd.START;
    private boolean isAnnounced;
    private boolean isTelling;
    private volatile long ours;
    private volatile boolean isLoaded;

    LedgerOrigins(LedgerNotes notes, String project, JacksonJson json) {
        this.notes = notes;
        this.project = project;
        this.json = json;
    }

    /** Whether the line at an offset, which was read before, was written by others. */
    boolean isExternal(long offset) {
        if (!isLoaded) {
            load();
        }
        if (offset >= ours) {
            return true;
        }
        Map.Entry<Long, ExternalEvents> before = external.floorEntry(offset);
        return before != null && offset < before.getValue().to();
    }

    /** What is known without a look at the file. */
    private synchronized void load() {
        if (!isLoaded) {
            LedgerNote note = notes.find(project).orElse(null);
            LedgerBatch batch = note == null ? null : note.batch();
            notes.external(project).forEach(events -> external.put(events.from(), events));
            ours = note == null
                    ? Long.MAX_VALUE
                    : Math.max(
                            note.known().offset(),
                            batch == null ? 0 : batch.end().offset());
            isLoaded = true;
        }
    }

    /** Takes a ledger that does not exist as empty, if it was never looked at. */
    void settleMissing() {
        if (notes.find(project).isEmpty()) {
            known(LedgerEnd.START);
        }
    }

    /**
     * Finds out what others wrote since, and notes it.
     *
     * @return the end that was known and is not there any more; null if nothing of it is missing
     */
    @Nullable LedgerEnd settle(FileChannel channel, LedgerTail tail) throws IOException {
        LedgerEnd now = new LedgerEnd(tail.end(), tail.hash());
        LedgerNote note = notes.find(project).orElse(null);
        notes.external(project).forEach(events -> external.put(events.from(), events));
        isTelling = true;
        if (note == null) {
            known(now);
            return null;
        }
        LedgerEnd own = ownEnd(channel, note, tail.end() == 0);
        LedgerEnd lost = null;
        if (own == null) {
            lost = note.known();
            forgetExternal();
            own = LedgerEnd.START;
        }
        if (own.offset() < now.offset()) {
            ExternalEvents events = events(channel, own.offset(), now.offset());
            if (events.count() > 0) {
                // of a ledger that was rewritten another event tells
                put(lost == null ? events : events.reported());
            }
        }
        if (!now.equals(note.known()) || note.batch() != null) {
            known(now);
        } else {
            accept(now);
        }
        return lost;
    }

    /** Up to where the file is as this side knows it; null if it is not. */
    private @Nullable LedgerEnd ownEnd(FileChannel channel, LedgerNote note, boolean isEmpty) throws IOException {
        LedgerBatch batch = note.batch();
        LedgerEnd own = null;
        if (batch != null && isHeld(channel, batch.end())) {
            own = batch.end();
        } else if (isHeld(channel, note.known())) {
            own = batch == null || note.isRestart() ? note.known() : written(channel, note.known(), batch);
        } else if (batch != null && note.isRestart()) {
            LedgerEnd part = written(channel, LedgerEnd.START, batch);
            own = part.offset() > 0 || isEmpty ? part : null;
            forgetExternal();
        }
        if (own != null && batch != null && own.offset() > batch.start()) {
            if (note.isRestart()) {
                forgetExternal();
            } else {
                told(batch.start());
            }
        }
        return own;
    }

    /** How much of a batch is there: its events may be cut off after each of them. */
    private LedgerEnd written(FileChannel channel, LedgerEnd from, LedgerBatch batch) throws IOException {
        LedgerEnd own = from;
        LineReader lines = new LineReader(channel, from.offset(), channel.size());
        int next = 0;
        while (next < batch.hashes().size() && lines.advance()) {
            JsonLine line = lines.isBlank() ? null : json.line(lines.bytes(), lines.start(), lines.length());
            if (line != null && line.hash().equals(batch.hashes().get(next))) {
                next++;
                own = new LedgerEnd(lines.end(), line.hash());
            } else if (!lines.isBlank()) {
                break;
            }
        }
        return own;
    }

    private ExternalEvents events(FileChannel channel, long from, long to) throws IOException {
        LineReader lines = new LineReader(channel, from, to);
        long count = 0;
        String first = "";
        String last = "";
        boolean areNotices = true;
        while (lines.advance()) {
            JsonLine line = json.line(lines.bytes(), lines.start(), lines.length());
            if (line != null) {
                LedgerEvent event = line.event(true);
                first = count++ == 0 ? event.id() : first;
                last = event.id();
                areNotices &= event.actionType().equals(ExternalEvents.TYPE);
            }
        }
        // two writers that told each other's notices would never end
        return new ExternalEvents(from, to, count, first, last, areNotices);
    }

    /** What has to be told of others' events. */
    List<EventDraft> unreported() {
        List<EventDraft> unreported = !isTelling
                ? List.of()
                : external.values().stream()
                        .filter(events -> !events.isReported())
                        .map(ExternalEvents::event)
                        .toList();
        isTelling = !unreported.isEmpty();
        return unreported;
    }

    /** Notes what is about to be written, the events of {@link #unreported} before all others. */
    void announce(LedgerBatch batch, boolean isDurable) {
        notes.save(project, new LedgerNote(end, batch), isDurable);
        isAnnounced = true;
        reach(Math.max(end.offset(), batch.end().offset()));
    }

    private synchronized void reach(long offset) {
        ours = offset;
        isLoaded = true;
    }

    /** What was announced is written. */
    void written(LedgerBatch batch) {
        if (batch.start() < end.offset()) {
            forgetExternal();
        } else {
            told(batch.start());
        }
        accept(batch.end());
    }

    /** Nothing is about to be written: what is missing from now on was taken away. */
    void rest() {
        if (isAnnounced) {
            known(end);
        }
    }

    /** Nothing of what was announced is there. */
    void unwritten() {
        reach(end.offset());
    }

    private void known(LedgerEnd now) {
        notes.save(project, new LedgerNote(now, null), true);
        isAnnounced = false;
        accept(now);
    }

    private void accept(LedgerEnd now) {
        end = now;
        reach(now.offset());
    }

    private void told(long before) {
        external.values().stream()
                .filter(events -> !events.isReported() && events.to() <= before)
                .map(ExternalEvents::reported)
                .forEach(this::put);
    }

    private void put(ExternalEvents events) {
        notes.put(project, events);
        external.put(events.from(), events);
    }

    private void forgetExternal() {
        if (!external.isEmpty()) {
            notes.clear(project);
            external.clear();
        }
    }

    /** Whether the file still has, before an offset, the event that it had there. */
    private boolean isHeld(FileChannel channel, LedgerEnd known) throws IOException {
        return LedgerTail.holds(channel, known, json);
    }
}

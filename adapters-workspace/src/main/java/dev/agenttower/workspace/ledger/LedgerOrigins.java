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
 * Distinguishes this program's events from those of foreign writers, by their offsets in the file.
 *
 * <p>Before a batch is written, its end and the hashes of its events are noted outside of the project. An event after the known end that is
 * not in the noted batch is foreign. A process that ends between two steps, or a partly written batch, does not change that.
 *
 * <p>One thread at a time, the holder of the file's lock, settles and writes; any thread may query.
 */
final class LedgerOrigins {
    private final LedgerNotes notes;
    private final String project;
    private final JacksonJson json;
    private final ConcurrentSkipListMap<Long, ExternalEvents> external = new ConcurrentSkipListMap<>();
    private LedgerEnd end = LedgerEnd.START;
    private boolean isAnnounced;
    private boolean hasUnreported;
    private volatile long ours;
    private volatile boolean isLoaded;

    LedgerOrigins(LedgerNotes notes, String project, JacksonJson json) {
        this.notes = notes;
        this.project = project;
        this.json = json;
    }

    /** Whether the line at an offset, which was read before, has a foreign writer. */
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

    /** Loads the notes without reading the ledger. */
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

    /** Notes an empty ledger, if the ledger does not exist and has no note. */
    void settleMissing() {
        if (notes.find(project).isEmpty()) {
            known(LedgerEnd.START);
        }
    }

    /**
     * Finds and notes new events of foreign writers.
     *
     * @return the known end that is missing now; null if the known part is intact
     */
    @Nullable LedgerEnd settle(FileChannel channel, LedgerTail tail) throws IOException {
        LedgerEnd now = new LedgerEnd(tail.end(), tail.hash());
        LedgerNote note = notes.find(project).orElse(null);
        notes.external(project).forEach(events -> external.put(events.from(), events));
        hasUnreported = true;
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
                // a rewritten ledger is reported by its own event
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

    /** The end of the part that this program wrote or knows; null if the known part is missing. */
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
                markReported(batch.start());
            }
        }
        return own;
    }

    /** The end of the written part of a batch, which may have been cut off after any of its events. */
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
        // two writers that report each other's notices would never stop
        return new ExternalEvents(from, to, count, first, last, areNotices);
    }

    /** The events that report foreign events. */
    List<EventDraft> unreported() {
        List<EventDraft> unreported = !hasUnreported
                ? List.of()
                : external.values().stream()
                        .filter(events -> !events.isReported())
                        .map(ExternalEvents::event)
                        .toList();
        hasUnreported = !unreported.isEmpty();
        return unreported;
    }

    /** Notes the batch that follows; its first events are those of {@link #unreported}. */
    void announce(LedgerBatch batch, boolean isDurable) {
        notes.save(project, new LedgerNote(end, batch), isDurable);
        isAnnounced = true;
        reach(Math.max(end.offset(), batch.end().offset()));
    }

    private synchronized void reach(long offset) {
        ours = offset;
        isLoaded = true;
    }

    /** Records that the announced batch is written. */
    void written(LedgerBatch batch) {
        if (batch.start() < end.offset()) {
            forgetExternal();
        } else {
            markReported(batch.start());
        }
        accept(batch.end());
    }

    /** Notes that no batch is pending, so that anything missing later was removed by others. */
    void rest() {
        if (isAnnounced) {
            known(end);
        }
    }

    /** Records that nothing of the announced batch was written. */
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

    private void markReported(long before) {
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

    /** Whether the file still has the known event before its known offset. */
    private boolean isHeld(FileChannel channel, LedgerEnd known) throws IOException {
        return LedgerTail.holds(channel, known, json);
    }
}

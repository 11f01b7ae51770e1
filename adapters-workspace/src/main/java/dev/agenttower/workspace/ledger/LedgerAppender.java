package dev.agenttower.workspace.ledger;

import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.EventIds;
import dev.agenttower.core.governance.ledger.LedgerChain;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.note.LedgerBatch;
import dev.agenttower.core.governance.ledger.note.LedgerEnd;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.unix.file.DurableFiles;
import dev.agenttower.unix.file.LockedFile;
import dev.agenttower.workspace.file.JacksonJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes batches of events at the end of a ledger file, under its lock. Used by one thread at a time. */
final class LedgerAppender {
    private final Path file;
    private final Path base;
    private final InstantSource clock;
    private final EventIds ids;
    private final JacksonJson json;
    private final LedgerNotices notices;
    private final @Nullable LedgerOrigins origins;
    private @Nullable LedgerMemory known;

    /**
     * An appender to a file, which need not exist.
     *
     * @param base the directory below which missing directories of the file are created
     */
    LedgerAppender(
            Path file,
            Path base,
            InstantSource clock,
            EventIds ids,
            JacksonJson json,
            @Nullable LedgerOrigins origins) {
        this.base = base;
        this.origins = origins;
        this.file = file;
        this.clock = clock;
        this.ids = ids;
        this.json = json;
        this.notices = new LedgerNotices(file);
    }

    /** Appends the ledger's pending notices and then the events, durably. */
    List<LedgerEvent> append(List<EventDraft> drafts) throws IOException {
        try (LockedFile ledger = LockedFile.awaitToWrite(file, base)) {
            return append(ledger, drafts);
        }
    }

    /** Appends the ledger's pending notices, if any. Creates no ledger. */
    void settle() throws IOException {
        if (origins == null) {
            return;
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            origins.settleMissing();
            return;
        }
        try (LockedFile ledger = LockedFile.awaitToWrite(file, base)) {
            append(ledger, List.of());
        }
    }

    private List<LedgerEvent> append(LockedFile ledger, List<EventDraft> drafts) throws IOException {
        try (FileChannel channel = ledger.readAndWrite()) {
            LedgerMemory memory = known;
            if (memory != null && memory.isStill(ledger.path())) {
                if (origins != null && drafts.isEmpty()) {
                    origins.rest();
                }
                return write(ledger, channel, LedgerTail.after(memory.end()), unreported(), drafts);
            }
            LedgerTail tail = LedgerTail.read(channel, json);
            @Nullable LedgerEnd lost = lost(channel, tail, memory);
            if (drafts.isEmpty() && lost == null && unreported().isEmpty()) {
                // a torn end is reported with the next event
                known = tail.isClean() && !tail.lacksLineEnd()
                        ? LedgerMemory.of(ledger.path(), new LedgerEnd(tail.end(), tail.hash()))
                        : null;
                return List.of();
            }
            List<EventDraft> first = new ArrayList<>(notices.before(channel, tail, lost, clock.instant()));
            first.addAll(0, unreported());
            return write(ledger, channel, tail, first, drafts);
        }
    }

    private @Nullable LedgerEnd lost(FileChannel channel, LedgerTail tail, @Nullable LedgerMemory memory)
            throws IOException {
        if (origins != null) {
            return origins.settle(channel, tail);
        }
        return memory == null || LedgerTail.holds(channel, memory.end(), json) ? null : memory.end();
    }

    private List<EventDraft> unreported() {
        return origins == null ? List.of() : origins.unreported();
    }

    /** Writes an event as the first of an emptied ledger. */
    LedgerEvent restart(LockedFile ledger, EventDraft first) throws IOException {
        try (FileChannel channel = ledger.readAndWrite()) {
            if (origins != null) {
                origins.settle(channel, LedgerTail.read(channel, json));
            }
            return write(ledger, channel, LedgerTail.after(LedgerEnd.START), List.of(), List.of(first))
                    .get(0);
        }
    }

    private List<LedgerEvent> write(
            LockedFile ledger, FileChannel channel, LedgerTail tail, List<EventDraft> first, List<EventDraft> drafts)
            throws IOException {
        if (first.isEmpty() && drafts.isEmpty()) {
            return List.of();
        }
        StringBuilder text = new StringBuilder(drafts.size() * 600);
        if (tail.lacksLineEnd()) {
            text.append('\n');
        }
        List<String> hashes = new ArrayList<>();
        String head = tail.hash();
        for (EventDraft draft : first) {
            head = write(text, LedgerChain.bind(draft, head, clock.instant(), ids));
            hashes.add(head);
        }
        List<LedgerEvent> events = new ArrayList<>(drafts.size());
        for (EventDraft draft : drafts) {
            LedgerEvent event = LedgerChain.bind(draft, head, clock.instant(), ids);
            head = write(text, event);
            hashes.add(head);
            events.add(event);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        LedgerBatch batch = new LedgerBatch(tail.end(), new LedgerEnd(tail.end() + bytes.length, head), hashes);
        known = null;
        announce(batch, !first.isEmpty() || drafts.stream().anyMatch(LedgerAppender::isDecision));
        put(channel, tail, bytes);
        if (origins != null) {
            origins.written(batch);
        }
        known = LedgerMemory.of(ledger.path(), batch.end());
        return events;
    }

    /** Whether an event is a decision, whose origin must never be mistaken. */
    private static boolean isDecision(EventDraft draft) {
        return draft.agent().equals(Actors.HUMAN) || draft.agent().equals(Actors.SYSTEM);
    }

    private void announce(LedgerBatch batch, boolean isDurable) {
        if (origins != null) {
            origins.announce(batch, isDurable);
        }
    }

    private static String write(StringBuilder text, LedgerEvent event) {
        text.append(JsonForm.line(event.fields())).append('\n');
        return event.hash();
    }

    /** A failed write leaves nothing behind, except the torn bytes in their own file. */
    private void put(FileChannel channel, LedgerTail tail, byte[] text) throws IOException {
        boolean isWritten = false;
        try {
            if (tail.end() == 0) {
                channel.truncate(0); // the chain starts again
            }
            channel.position(tail.end());
            DurableFiles.writeFully(channel, ByteBuffer.wrap(text));
            if (tail.tornBytes() > text.length) {
                channel.truncate(tail.end() + text.length);
            }
            channel.force(false);
            isWritten = true;
        } finally {
            if (!isWritten) {
                if (origins != null) {
                    origins.unwritten();
                }
                channel.truncate(tail.end());
            }
        }
    }
}

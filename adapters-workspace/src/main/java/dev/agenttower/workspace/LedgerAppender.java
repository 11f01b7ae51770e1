package dev.agenttower.workspace;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.EventIds;
import dev.agenttower.core.governance.ledger.LedgerChain;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.unix.file.DurableFiles;
import dev.agenttower.unix.file.LockedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes batches of events at the end of a ledger file, under its lock. Used by one thread at a time. */
final class LedgerAppender {
    private final Path file;
    private final InstantSource clock;
    private final EventIds ids;
    private final JacksonJson json;
    private final LedgerNotices notices;
    private @Nullable LedgerMemory known;

    LedgerAppender(Path file, InstantSource clock, EventIds ids, JacksonJson json) {
        this.file = file;
        this.clock = clock;
        this.ids = ids;
        this.json = json;
        this.notices = new LedgerNotices(file, json);
    }

    /** Writes the events and has them on disk. */
    List<LedgerEvent> append(List<EventDraft> drafts) throws IOException {
        try (LockedFile ledger = LockedFile.awaitToWrite(file);
                FileChannel channel = ledger.readAndWrite()) {
            LedgerMemory memory = known;
            if (memory != null && memory.isStill(ledger.path())) {
                return write(
                        ledger, channel, new LedgerTail(memory.hash(), memory.size(), false, 0, 0), List.of(), drafts);
            }
            LedgerTail tail = LedgerTail.read(channel, json);
            return write(ledger, channel, tail, notices.before(channel, tail, memory, clock.instant()), drafts);
        }
    }

    /** Writes an event as the first of an emptied ledger. */
    LedgerEvent restart(LockedFile ledger, EventDraft first) throws IOException {
        try (FileChannel channel = ledger.readAndWrite()) {
            channel.truncate(0);
            return write(
                            ledger,
                            channel,
                            new LedgerTail(LedgerChain.GENESIS, 0, false, 0, 0),
                            List.of(),
                            List.of(first))
                    .get(0);
        }
    }

    private List<LedgerEvent> write(
            LockedFile ledger, FileChannel channel, LedgerTail tail, List<EventDraft> first, List<EventDraft> drafts)
            throws IOException {
        StringBuilder text = new StringBuilder(drafts.size() * 600);
        if (tail.lacksLineEnd()) {
            text.append('\n');
        }
        String head = tail.hash();
        for (EventDraft draft : first) {
            head = write(text, LedgerChain.bind(draft, head, clock.instant(), ids));
        }
        List<LedgerEvent> events = new ArrayList<>(drafts.size());
        for (EventDraft draft : drafts) {
            LedgerEvent event = LedgerChain.bind(draft, head, clock.instant(), ids);
            head = write(text, event);
            events.add(event);
        }
        known = null;
        put(channel, tail, text.toString().getBytes(StandardCharsets.US_ASCII));
        known = LedgerMemory.of(ledger.path(), head);
        return events;
    }

    private static String write(StringBuilder text, LedgerEvent event) {
        text.append(JsonForm.line(event.fields())).append('\n');
        return event.hash();
    }

    /** Of a write that fails nothing remains, but for the torn bytes that are kept elsewhere. */
    private static void put(FileChannel channel, LedgerTail tail, byte[] text) throws IOException {
        boolean isWritten = false;
        try {
            channel.position(tail.end());
            DurableFiles.writeFully(channel, ByteBuffer.wrap(text));
            if (tail.tornBytes() > text.length) {
                channel.truncate(tail.end() + text.length);
            }
            channel.force(false);
            isWritten = true;
        } finally {
            if (!isWritten) {
                channel.truncate(tail.end());
            }
        }
    }
}

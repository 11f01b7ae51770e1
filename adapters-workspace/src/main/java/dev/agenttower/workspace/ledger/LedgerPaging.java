package dev.agenttower.workspace.ledger;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.ledger.LedgerChain;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerPage;
import dev.agenttower.core.governance.ledger.LedgerQuery;
import dev.agenttower.workspace.file.BackwardLineReader;
import dev.agenttower.workspace.file.JacksonJson;
import dev.agenttower.workspace.file.JsonLine;
import dev.agenttower.workspace.file.LineReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Reads pages of a ledger file from a cursor on, forward or backward. Unfinished lines are left out. */
final class LedgerPaging {
    /** A page ends at this size, whatever its requested length. */
    private static final long PAGE_BYTES = 1 << 20;

    private final FileChannel channel;
    private final JacksonJson json;
    private final LongPredicate isExternal;

    /**
     * Pages of a ledger.
     *
     * @param isExternal whether the line at an offset has a foreign writer
     */
    LedgerPaging(FileChannel channel, JacksonJson json, LongPredicate isExternal) {
        this.channel = channel;
        this.json = json;
        this.isExternal = isExternal;
    }

    /** The page of a missing ledger. */
    static LedgerPage ofNothing(LedgerQuery query) {
        if (query.cursor() != null && !query.cursor().equals(LedgerCursor.START)) {
            throw foreign();
        }
        return new LedgerPage(List.of(), LedgerCursor.START, LedgerCursor.START, false);
    }

    LedgerPage page(LedgerQuery query) throws IOException {
        LedgerCursor cursor = query.cursor();
        if (cursor != null && (cursor.offset() > channel.size() || !cursor.equals(cursorAt(cursor.offset())))) {
            throw foreign();
        }
        return query.direction() == LedgerQuery.Direction.FORWARD
                ? forward(query, cursor == null ? LedgerCursor.START : cursor)
                : backward(query, cursor == null ? cursorAt(lastLineEnd()) : cursor);
    }

    private LedgerPage forward(LedgerQuery query, LedgerCursor from) throws IOException {
        List<LedgerEvent> found = new ArrayList<>();
        LedgerCursor after = from;
        boolean hasMore = false;
        long bytes = 0;
        LineReader lines = new LineReader(channel, from.offset(), channel.size());
        while (lines.advance() && lines.isTerminated()) {
            if (found.size() == query.limit() || bytes > PAGE_BYTES) {
                hasMore = true;
                break;
            }
            JsonLine line = json.line(lines.bytes(), lines.start(), lines.length());
            if (line != null) {
                after = LedgerCursor.after(lines.end(), line.hash());
                bytes += add(found, query, line.event(isExternal.test(lines.offset()))) ? lines.length() : 0;
            }
        }
        return new LedgerPage(found, from, after, hasMore);
    }

    private LedgerPage backward(LedgerQuery query, LedgerCursor from) throws IOException {
        List<LedgerEvent> found = new ArrayList<>();
        long before = from.offset();
        BackwardLineReader lines = new BackwardLineReader(channel, from.offset());
        long bytes = 0;
        while (found.size() < query.limit() && bytes <= PAGE_BYTES && lines.advance()) {
            before = lines.offset();
            JsonLine line = json.line(lines.bytes(), lines.start(), lines.length());
            if (line != null) {
                bytes += add(found, query, line.event(isExternal.test(lines.offset()))) ? lines.length() : 0;
            }
        }
        Collections.reverse(found);
        return new LedgerPage(found, cursorAt(before), from, before > 0);
    }

    private static boolean add(List<LedgerEvent> found, LedgerQuery query, LedgerEvent event) {
        return query.filter().matches(event) && found.add(event);
    }

    private long lastLineEnd() throws IOException {
        BackwardLineReader lines = new BackwardLineReader(channel, channel.size());
        while (lines.advance()) {
            if (lines.isTerminated()) {
                return lines.end();
            }
        }
        return 0;
    }

    /** The cursor at an offset, bound to the last event before it. */
    private LedgerCursor cursorAt(long offset) throws IOException {
        String hash = offset == 0 ? LedgerChain.GENESIS : hashBefore(offset);
        return hash == null ? new LedgerCursor(offset, "-") : LedgerCursor.after(offset, hash);
    }

    /** The hash of the event before an offset; null if the offset is inside a line. */
    private @Nullable String hashBefore(long offset) throws IOException {
        BackwardLineReader lines = new BackwardLineReader(channel, offset);
        while (lines.advance() && lines.isTerminated()) {
            JsonLine line = json.line(lines.bytes(), lines.start(), lines.length());
            if (line != null) {
                return line.hash();
            }
        }
        return lines.length() > 0 && !lines.isTerminated() ? null : LedgerChain.GENESIS;
    }

    private static RefusedException foreign() {
        return new RefusedException(ErrorCode.CONFLICT, "the cursor does not belong to this ledger");
    }
}

package dev.agenttower.workspace.ledger;

import dev.agenttower.core.governance.ledger.LedgerChain;
import dev.agenttower.core.governance.ledger.note.LedgerEnd;
import dev.agenttower.workspace.file.BackwardLineReader;
import dev.agenttower.workspace.file.JacksonJson;
import dev.agenttower.workspace.file.JsonLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The end of a ledger before an append.
 *
 * @param hash the hash that the next event links to
 * @param end the offset of the next line
 * @param lacksLineEnd whether the last line is complete except for its line end
 * @param tornBytes the number of bytes of an unfinished line after {@code end}
 * @param unreadable the number of complete but unreadable lines after the event with {@code hash}
 */
record LedgerTail(String hash, long end, boolean lacksLineEnd, long tornBytes, int unreadable) {
    /** The clean end of a ledger. */
    static LedgerTail after(LedgerEnd end) {
        return new LedgerTail(end.hash(), end.offset(), false, 0, 0);
    }

    /** Reads backward from the end of the ledger, no further than necessary. */
    static LedgerTail read(FileChannel channel, JacksonJson json) throws IOException {
        long size = channel.size();
        long end = size;
        boolean lacksLineEnd = false;
        int unreadable = 0;
        BackwardLineReader lines = new BackwardLineReader(channel, size);
        while (lines.advance()) {
            if (lines.isBlank() && lines.isTerminated()) {
                continue;
            }
            JsonLine line = json.line(lines.bytes(), lines.start(), lines.length());
            if (line != null) {
                return new LedgerTail(line.hash(), end, lacksLineEnd || !lines.isTerminated(), size - end, unreadable);
            }
            if (lines.isTerminated()) {
                unreadable++;
            } else {
                end = lines.offset();
            }
        }
        return new LedgerTail(LedgerChain.GENESIS, end, false, size - end, unreadable);
    }

    /** Whether a ledger still has the known event before its known offset. */
    static boolean holds(FileChannel channel, LedgerEnd known, JacksonJson json) throws IOException {
        if (channel.size() < known.offset()) {
            return false;
        }
        BackwardLineReader lines = new BackwardLineReader(channel, known.offset());
        while (lines.advance()) {
            boolean isWhole = lines.isTerminated() || isLineEnd(channel, known.offset());
            JsonLine line = isWhole ? json.line(lines.bytes(), lines.start(), lines.length()) : null;
            if (line != null) {
                return line.hash().equals(known.hash());
            }
            if (!lines.isBlank()) {
                return false;
            }
        }
        return known.hash().equals(LedgerChain.GENESIS);
    }

    private static boolean isLineEnd(FileChannel channel, long offset) throws IOException {
        ByteBuffer next = ByteBuffer.allocate(1);
        return channel.read(next, offset) < 1 || next.get(0) == '\n';
    }

    /** Whether the end has no damage. */
    boolean isClean() {
        return tornBytes == 0 && unreadable == 0;
    }
}

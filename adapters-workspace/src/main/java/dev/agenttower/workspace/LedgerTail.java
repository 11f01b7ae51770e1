package dev.agenttower.workspace;

import dev.agenttower.core.governance.ledger.LedgerChain;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * The end of a ledger, as an append finds it.
 *
 * @param hash what the next event is bound to
 * @param end where the next line goes
 * @param lacksLineEnd whether the last line is whole but for its line end
 * @param tornBytes how many bytes of a line that was never finished follow {@code end}
 * @param unreadable how many whole lines, after the event with {@code hash}, cannot be read
 */
record LedgerTail(String hash, long end, boolean lacksLineEnd, long tornBytes, int unreadable) {
    /** Reads as little of the end of the ledger as it takes. */
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
            LedgerLine line = json.line(lines.bytes(), lines.start(), lines.length());
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

    /** Whether nothing is wrong with it. */
    boolean isClean() {
        return tornBytes == 0 && unreadable == 0;
    }
}

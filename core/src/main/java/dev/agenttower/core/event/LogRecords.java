package dev.agenttower.core.event;

import java.nio.charset.StandardCharsets;

/** The whole records of what was read of a log, one after the other; what follows the last LF is none. Not thread-safe. */
final class LogRecords {
    private final byte[] read;
    private final int limit;
    private int start;
    private int end;

    /** The records from an index up to a limit, before the first of them. */
    LogRecords(byte[] read, int from, int limit) {
        this.read = read;
        this.limit = limit;
        this.end = from;
    }

    /** Moves to the next record; false if there is none. */
    boolean next() {
        for (int i = end; i < limit; i++) {
            if (read[i] == '\n') {
                start = end;
                end = i + 1;
                return true;
            }
        }
        return false;
    }

    /** Where the record begins. */
    int start() {
        return start;
    }

    /** Behind its LF. */
    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    /** The record without its LF and one CR before it. */
    String text() {
        int last = end - 1;
        return text(read, start, last > start && read[last - 1] == '\r' ? last - 1 : last);
    }

    static String text(byte[] read, int start, int end) {
        return new String(read, start, end - start, StandardCharsets.UTF_8);
    }
}

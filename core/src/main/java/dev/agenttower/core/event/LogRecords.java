package dev.agenttower.core.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits what was read of a log into its records. */
final class LogRecords {
    private LogRecords() {}

    /**
     * One whole record, without its LF and one CR before it.
     *
     * @param start where it begins in what was read
     * @param end behind its LF
     */
    record Line(String text, int start, int end) {}

    /** The whole records from an index; what follows the last LF is none. */
    static List<Line> of(byte[] read, int from) {
        List<Line> lines = new ArrayList<>();
        int start = from;
        for (int i = from; i < read.length; i++) {
            if (read[i] == '\n') {
                int end = i > start && read[i - 1] == '\r' ? i - 1 : i;
                lines.add(new Line(text(read, start, end), start, i + 1));
                start = i + 1;
            }
        }
        return lines;
    }

    static String text(byte[] read, int start, int end) {
        return new String(read, start, end - start, StandardCharsets.UTF_8);
    }
}

package dev.agenttower.http.transport;

import dev.agenttower.unix.connection.Inbox;
import org.jspecify.annotations.Nullable;

/**
 * Searches byte by byte for the end of a head, and stops at the first illegal byte: a line end that is not CRLF, a control character, a
 * folded line. Not thread-safe.
 */
final class HeadScan {
    private static final int HEAD_BYTES = 32 << 10;
    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 100;
    static final int MOST_EMPTY_LINES = 4;

    private int scanned;
    private int lineLength;
    private int lines;
    private int emptyLines;
    private boolean isReturn;
    private boolean isComplete;
    private @Nullable HttpFault fault;

    /** Scans newly received bytes; true once the end of the head, or a fault in it, is found. */
    boolean scan(Inbox received) {
        while (!isDecided() && scanned < received.length()) {
            take(received.at(scanned++));
            if (scanned >= HEAD_BYTES && !isDecided()) {
                fault = HttpFault.HEAD_TOO_LARGE;
            }
        }
        return isDecided();
    }

    private boolean isDecided() {
        return isComplete || fault != null;
    }

    private void take(byte octet) {
        if (isReturn || octet == '\n') {
            boolean isLineEnd = isReturn && octet == '\n';
            isReturn = false;
            if (isLineEnd) {
                endLine();
            } else {
                fault = HttpFault.MALFORMED;
            }
        } else if (octet == '\r') {
            isReturn = true;
        } else if ((octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f || isFolded(octet)) {
            fault = HttpFault.MALFORMED;
        } else if (++lineLength > LONGEST_LINE) {
            fault = HttpFault.HEAD_TOO_LARGE;
        }
    }

    private boolean isFolded(byte octet) {
        return lineLength == 0 && (octet == ' ' || octet == '\t');
    }

    private void endLine() {
        boolean isEmpty = lineLength == 0;
        lineLength = 0;
        if (!isEmpty) {
            if (++lines > MOST_HEADERS + 1) {
                fault = HttpFault.HEAD_TOO_LARGE;
            }
        } else if (lines > 0) {
            isComplete = true;
        } else if (++emptyLines > MOST_EMPTY_LINES) {
            fault = HttpFault.MALFORMED;
        }
    }

    /** The fault; null if there is none. */
    @Nullable HttpFault fault() {
        return fault;
    }

    /** The length of the head, with its empty line, once it is complete. */
    int length() {
        return scanned;
    }
}

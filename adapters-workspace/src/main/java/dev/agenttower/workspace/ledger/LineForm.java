package dev.agenttower.workspace.ledger;

import dev.agenttower.core.json.JsonForm;
import java.nio.charset.StandardCharsets;

/**
 * Checks whether a line of JSON has the form in which programs write it.
 *
 * <p>The hash of an event covers the meaning of its line, not its bytes. Blanks, the case of an escape and the form of a number can be
 * changed without changing the meaning. Programs write these in one way throughout a line, so a line that mixes forms was edited by hand.
 */
final class LineForm {
    private static final int UNDECIDED = -1;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int blanksAfterComma = UNDECIDED;
    private int blanksAfterColon = UNDECIDED;

    private LineForm(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.at = start;
        this.end = start + length;
    }

    /** Whether a line of valid JSON has one consistent form. */
    static boolean isAsWritten(byte[] bytes, int start, int length) {
        return new LineForm(bytes, start, length).isAsWritten();
    }

    private boolean isAsWritten() {
        while (at < end) {
            byte c = bytes[at++];
            boolean plain = switch (c) {
                case '"' -> string();
                case ',' -> {
                    int blanks = blanks();
                    blanksAfterComma = blanksAfterComma == UNDECIDED ? blanks : blanksAfterComma;
                    yield blanks == blanksAfterComma && blanks <= 1;
                }
                case ':' -> {
                    int blanks = blanks();
                    blanksAfterColon = blanksAfterColon == UNDECIDED ? blanks : blanksAfterColon;
                    yield blanks == blanksAfterColon && blanks <= 1;
                }
                case ' ', '\t', '\r', '\n' -> false;
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
                default -> true;
            };
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    private int blanks() {
        int from = at;
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        return at - from;
    }

    private boolean string() {
        while (at < end) {
            byte c = bytes[at++];
            if (c == '"') {
                return true;
            }
            if (c == '\\' && !escape()) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (at == end) {
            return false;
        }
        byte kind = bytes[at++];
        if (kind != 'u') {
            return kind != '/';
        }
        int code = 0;
        for (int last = at + 4; at < last; at++) {
            int digit = at < end ? "0123456789abcdef".indexOf(bytes[at]) : -1;
            if (digit < 0) {
                return false;
            }
            code = code * 16 + digit;
        }
        boolean hasShortEscape = code == '\b' || code == '\f' || code == '\n' || code == '\r' || code == '\t';
        return !hasShortEscape && (code < 0x20 || code > 0x7e);
    }

    private boolean number() {
        int from = at - 1;
        boolean isInteger = true;
        while (at < end && isNumberPart(bytes[at])) {
            isInteger &= bytes[at] >= '0' && bytes[at] <= '9';
            at++;
        }
        String text = new String(bytes, from, at - from, StandardCharsets.US_ASCII);
        if (isInteger) {
            return !"-0".equals(text);
        }
        return text.equals("-Infinity") || text.equals(JsonForm.number(Double.parseDouble(text)));
    }

    private static boolean isNumberPart(byte c) {
        return (c >= '0' && c <= '9')
                || c == '.'
                || c == '+'
                || c == '-'
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z');
    }
}

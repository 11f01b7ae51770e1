package dev.agenttower.core.text;

/**
 * Removes the control sequences of terminals (ECMA-48) from text, in one pass: the time is linear in the length of the text,
 * whatever it holds.
 *
 * <p>Removed are control sequences ({@code ESC [ ... final}), strings with their contents (OSC, ended by BEL or ST; DCS, SOS, PM
 * and APC, ended by ST), and escape sequences of two or more characters. The 8-bit forms of the introducers count as well. What
 * is not a whole sequence stays in the text: an unfinished {@code ESC [}, an OSC that does not end, an ESC before anything else.
 */
public final class AnsiSequences {
    private static final char BEL = 0x07;
    private static final char ESC = 0x1b;
    private static final char DCS = 0x90;
    private static final char SOS = 0x98;
    private static final char CSI = 0x9b;
    private static final char ST = 0x9c;
    private static final char OSC = 0x9d;
    private static final char PM = 0x9e;
    private static final char APC = 0x9f;

    private AnsiSequences() {}

    /** Whether the text holds a character that may begin a sequence. */
    public static boolean mayOccurIn(String text) {
        return next(text, 0) < text.length();
    }

    /** The text without its sequences; the same object if none may occur in it. */
    public static String strip(String text) {
        int at = next(text, 0);
        if (at == text.length()) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        int from = 0;
        while (at < text.length()) {
            int end = end(text, at);
            kept.append(text, from, at);
            from = Math.max(end, at);
            at = next(text, end > at ? end : at + 1);
        }
        return kept.append(text, from, text.length()).toString();
    }

    private static int next(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ESC || (c >= DCS && c <= APC && isIntroducer(c))) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean isIntroducer(char c) {
        return c == DCS || c == SOS || c == CSI || c == OSC || c == PM || c == APC;
    }

    /** Behind the sequence that begins at {@code at}, or {@code at} if none does. */
    private static int end(String text, int at) {
        char c = text.charAt(at);
        if (c != ESC) {
            return c == CSI ? controlSequence(text, at + 1, at) : string(text, at + 1, c == OSC, at);
        }
        if (at + 1 == text.length()) {
            return at;
        }
        char kind = text.charAt(at + 1);
        return switch (kind) {
            case '[' -> controlSequence(text, at + 2, at);
            case ']' -> string(text, at + 2, true, at);
            // One that does not end is no string; terminals drop its introducer.
            case 'P', 'X', '^', '_' -> string(text, at + 2, false, at + 2);
            default -> escapeSequence(text, at);
        };
    }

    private static int controlSequence(String text, int from, int otherwise) {
        int i = skip(text, skip(text, from, 0x30, 0x3f), 0x20, 0x2f);
        return within(text, i, 0x40, 0x7e) ? i + 1 : otherwise;
    }

    private static int escapeSequence(String text, int at) {
        int i = skip(text, at + 1, 0x20, 0x2f);
        return within(text, i, 0x30, 0x7e) ? i + 1 : at;
    }

    /** A string runs to its terminator and holds no other ESC, so that many unfinished ones are not searched to the end each. */
    private static int string(String text, int from, boolean endedByBell, int otherwise) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ST || (c == BEL && endedByBell)) {
                return i + 1;
            }
            if (c == ESC) {
                return i + 1 < text.length() && text.charAt(i + 1) == '\\' ? i + 2 : otherwise;
            }
            if (isIntroducer(c)) {
                return otherwise;
            }
        }
        return otherwise;
    }

    private static int skip(String text, int from, int first, int last) {
        int i = from;
        while (within(text, i, first, last)) {
            i++;
        }
        return i;
    }

    private static boolean within(String text, int at, int first, int last) {
        return at < text.length() && text.charAt(at) >= first && text.charAt(at) <= last;
    }
}

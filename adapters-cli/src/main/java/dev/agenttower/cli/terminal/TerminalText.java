package dev.agenttower.cli.terminal;

import dev.agenttower.core.text.Unseen;
import java.util.List;
import java.util.Locale;

/**
 * Makes foreign text safe for a terminal, and measures its width.
 *
 * <p>Widths are in columns; combining marks take none, East Asian wide characters and emoji take two.
 */
public final class TerminalText {
    private static final char REPLACEMENT = '?';
    private static final String ELLIPSIS = "…";
    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;

    private static final int[][] WIDE = {
        {0x1100, 0x115F}, {0x231A, 0x231B}, {0x23E9, 0x23EC}, {0x25FD, 0x25FE}, {0x2614, 0x2615}, {0x2648, 0x2653},
        {0x26A1, 0x26A1}, {0x26BD, 0x26BE}, {0x26D4, 0x26D4}, {0x2705, 0x2705}, {0x270A, 0x270B}, {0x2728, 0x2728},
        {0x274C, 0x274C}, {0x274E, 0x274E}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797}, {0x2B50, 0x2B50},
        {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xA960, 0xA97F},
        {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F18E, 0x1F1FF},
        {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
    };

    private TerminalText() {}

    /**
     * Replaces characters that a terminal may interpret or that may mislead a reader: control characters, direction marks and other
     * invisible characters, line separators, and invalid characters. The variation selector for coloured emoji is removed.
     */
    public static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t' || c == '\n') {
                safe.append(' ');
            } else if (c != TEXT_STYLE && c != EMOJI_STYLE) {
                safe.appendCodePoint(Unseen.is(c) ? REPLACEMENT : c);
            }
        });
        return safe.toString();
    }

    /** {@link #safe}, with control characters named, such as {@code \x1b}. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                escaped.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return safe(escaped.toString());
    }

    /**
     * One line for a reader who must see all of its characters: those that {@link #safe} replaces or removes, unusual blanks, and
     * characters whose look depends on the font are shown as code points, such as {@code <U+001B>}; a tab stays.
     */
    public static String visible(String line) {
        return Unseen.named(line);
    }

    /** The names of the invisible or ambiguous characters in a text, each once, in order; without line feeds and tabs. */
    public static List<String> hidden(String text) {
        return text.codePoints()
                .filter(c -> c != '\n' && Unseen.isAmbiguous(c))
                .distinct()
                .mapToObj(Unseen::name)
                .toList();
    }

    private static boolean isIn(int[][] ranges, int codePoint) {
        for (int[] range : ranges) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return true;
            }
        }
        return false;
    }

    /** The number of columns of safe text. */
    public static int width(String text) {
        return text.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        if (codePoint < WIDE[0][0]) {
            return 1;
        }
        return isIn(WIDE, codePoint) ? 2 : 1;
    }

    /** The text, cut at its end to at most {@code columns}, with an ellipsis for the rest. */
    public static String fit(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        int end = 0;
        int taken = 0;
        while (end < text.length()) {
            int next = width(text.codePointAt(end));
            if (taken + next > columns - 1) {
                break;
            }
            taken += next;
            end += Character.charCount(text.codePointAt(end));
        }
        return columns <= 0 ? "" : text.substring(0, end) + ELLIPSIS;
    }

    /** The text, cut at its beginning, because the end of a path is the more useful part. */
    public static String fitEnd(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        int start = text.length();
        int taken = 0;
        while (start > 0) {
            int next = width(text.codePointBefore(start));
            if (taken + next > columns - 1) {
                break;
            }
            taken += next;
            start -= Character.charCount(text.codePointBefore(start));
        }
        return columns <= 0 ? "" : ELLIPSIS + text.substring(start);
    }

    /** The text, padded with blanks to {@code columns}. */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(columns - width(text), 0));
    }
}

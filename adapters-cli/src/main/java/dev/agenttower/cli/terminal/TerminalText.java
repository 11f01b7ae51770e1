package dev.agenttower.cli.terminal;

import dev.agenttower.core.text.Unseen;
import java.util.List;
import java.util.Locale;
import org.jline.utils.WCWidth;

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

    /** Below it each character has one column. */
    private static final int FIRST_COMBINING = 0x300;

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

    /** The number of columns of safe text. */
    public static int width(String text) {
        return text.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int codePoint) {
        return codePoint < FIRST_COMBINING ? 1 : Math.max(WCWidth.wcwidth(codePoint), 0);
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

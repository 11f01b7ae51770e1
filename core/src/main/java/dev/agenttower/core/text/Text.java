package dev.agenttower.core.text;

/** Cleans and bounds external text. Lengths are in code points; a code point is never split. */
public final class Text {
    /** The limit of messages: 2,048 code points. */
    public static final int MESSAGE_LIMIT = 2048;

    private static final String ELLIPSIS = "…";

    private Text() {}

    /** Drops control characters below 0x20 except TAB and LF, and truncates to {@code max}. */
    public static String bound(String text, int max) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), max));
        text.codePoints().filter(c -> c >= 0x20 || c == '\t' || c == '\n').forEach(clean::appendCodePoint);
        return cut(clean.toString(), max);
    }

    /** One line: TAB and LF become a blank each, other characters below 0x20 and DEL are dropped. */
    public static String singleLine(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t' || c == '\n') {
                clean.append(' ');
            } else if (c >= 0x20 && c != 0x7f) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /** {@link #singleLine(String)}, truncated to {@code max}. */
    public static String singleLine(String text, int max) {
        return cut(singleLine(text), max);
    }

    /** {@link #singleLine(String)}; a text longer than {@code max} is truncated and ends in an ellipsis that counts as one. */
    public static String abbreviated(String text, int max) {
        String line = singleLine(text);
        return length(line) <= max ? line : cut(line, max - 1) + ELLIPSIS;
    }

    /** The number of code points. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The first {@code max} code points. */
    public static String cut(String text, int max) {
        return length(text) <= max ? text : text.substring(0, text.offsetByCodePoints(0, max));
    }
}

package dev.agenttower.core.text;

import java.util.Locale;

/** Identifies invisible characters: texts with and without them look the same. */
public final class Unseen {
    /** Invisible letters, marks and symbols: joiners, fillers, the empty braille pattern, the empty note head, selectors of variations. */
    private static final int[][] BLANK = {
        {0x034F, 0x034F},
        {0x115F, 0x1160},
        {0x17B4, 0x17B5},
        {0x180B, 0x180F},
        {0x2800, 0x2800},
        {0x3164, 0x3164},
        {0xFE00, 0xFE0F},
        {0xFFA0, 0xFFA0},
        {0x1D159, 0x1D159},
        {0xE0100, 0xE01EF},
    };

    private Unseen() {}

    /** Whether a code point is invisible: controls and formats, line separators, noncharacters, and blank letters and symbols. */
    public static boolean is(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> isBlank(codePoint);
        };
    }

    /** Whether a reader of a code point cannot tell which one it is: an invisible one, an unusual blank, or one for private use; never a tab. */
    public static boolean isAmbiguous(int codePoint) {
        if (codePoint == '\t' || codePoint == ' ') {
            return false;
        }
        int type = Character.getType(codePoint);
        return type == Character.SPACE_SEPARATOR || type == Character.PRIVATE_USE || is(codePoint);
    }

    /** A code point by its number, such as {@code <U+001B>}. */
    public static String name(int codePoint) {
        return String.format(Locale.ROOT, "<U+%04X>", codePoint);
    }

    /** One line with its ambiguous characters shown by name, so that what is read is what is there. */
    public static String named(String line) {
        StringBuilder named = new StringBuilder(line.length());
        line.codePoints().forEach(c -> {
            if (isAmbiguous(c)) {
                named.append(name(c));
            } else {
                named.appendCodePoint(c);
            }
        });
        return named.toString();
    }

    private static boolean isBlank(int codePoint) {
        for (int[] range : BLANK) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return true;
            }
        }
        return false;
    }
}

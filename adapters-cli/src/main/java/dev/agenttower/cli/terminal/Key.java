package dev.agenttower.cli.terminal;

import java.io.IOException;
import java.io.InputStream;

/** A key that a full-screen view knows. */
public enum Key {
    /** The line above. */
    UP,
    /** The line below. */
    DOWN,
    /** The screen above. */
    PAGE_UP,
    /** The screen below. */
    PAGE_DOWN,
    /** The first line. */
    FIRST,
    /** The last line. */
    LAST,
    /** What is chosen. */
    ENTER,
    /** The end of the view. */
    QUIT,
    /** Any other key, or none. */
    NONE;

    private static final int ESCAPE = 0x1b;

    /** The key that begins with this byte; reads the rest of the sequence of a key with a name. */
    static Key of(int first, InputStream rest) throws IOException {
        return switch (first) {
            case 'q', 'Q' -> QUIT;
            case 'k' -> UP;
            case 'j' -> DOWN;
            case 'b' -> PAGE_UP;
            case ' ' -> PAGE_DOWN;
            case 'g' -> FIRST;
            case 'G' -> LAST;
            case '\r', '\n' -> ENTER;
            case ESCAPE -> sequence(rest);
            default -> NONE;
        };
    }

    private static Key sequence(InputStream rest) throws IOException {
        int introducer = rest.read();
        if (introducer != '[' && introducer != 'O') {
            return NONE;
        }
        int last = rest.read();
        int number = 0;
        while (last >= '0' && last <= '9' && number < 100) {
            number = number * 10 + last - '0';
            last = rest.read();
        }
        return switch (last) {
            case 'A' -> UP;
            case 'B' -> DOWN;
            case 'H' -> FIRST;
            case 'F' -> LAST;
            case '~' -> numbered(number);
            default -> NONE;
        };
    }

    private static Key numbered(int number) {
        return switch (number) {
            case 1, 7 -> FIRST;
            case 4, 8 -> LAST;
            case 5 -> PAGE_UP;
            case 6 -> PAGE_DOWN;
            default -> NONE;
        };
    }
}

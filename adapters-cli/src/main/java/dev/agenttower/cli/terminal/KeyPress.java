package dev.agenttower.cli.terminal;

/**
 * A key of a terminal, as it was pressed.
 *
 * @param text the character of {@code CHARACTER}, the letter of {@code CONTROL} in lower case, the text of {@code PASTE}; else empty
 */
public record KeyPress(Kind kind, String text) {
    /** The kinds of keys. */
    public enum Kind {
        /** A character. */
        CHARACTER,
        /** Ctrl with a letter or sign. */
        CONTROL,
        /** Text that was pasted, not typed. */
        PASTE,
        /** Arrow up. */
        UP,
        /** Arrow down. */
        DOWN,
        /** Page up. */
        PAGE_UP,
        /** Page down. */
        PAGE_DOWN,
        /** Home. */
        START,
        /** End. */
        END,
        /** Enter. */
        ENTER,
        /** Backspace. */
        BACKSPACE,
        /** Escape. */
        ESCAPE,
        /** No key: the input has ended. */
        CLOSED,
        /** No key: the terminal has another size. */
        RESIZED,
        /** A key without a meaning. */
        OTHER,
        /** No key in the given time. */
        NONE
    }

    /** A key without text. */
    public static KeyPress of(Kind kind) {
        return new KeyPress(kind, "");
    }

    /** Whether it is this character. */
    public boolean is(char character) {
        return kind == Kind.CHARACTER && text.length() == 1 && text.charAt(0) == character;
    }

    /** Whether it is Ctrl with this letter. */
    public boolean isControl(char letter) {
        return kind == Kind.CONTROL && text.charAt(0) == letter;
    }
}

package dev.agenttower.cli.terminal;

/** What a person can ask for with a key in a full-screen command. */
public enum Key {
    /** Arrow up, {@code k}. */
    UP,
    /** Arrow down, {@code j}. */
    DOWN,
    /** Page up. */
    PAGE_UP,
    /** Page down, the space bar. */
    PAGE_DOWN,
    /** Home, {@code g}. */
    START,
    /** End, {@code G}. */
    END,
    /** Enter. */
    ENTER,
    /** {@code q}, Escape, Ctrl-C where the terminal makes no signal of it; the end of input. */
    QUIT,
    /** No key: the terminal has another size. */
    RESIZED,
    /** A key without a meaning. */
    OTHER,
    /** No key in the given time. */
    NONE;

    /** What a key asks for. */
    static Key of(KeyPress press) {
        return switch (press.kind()) {
            case UP -> UP;
            case DOWN -> DOWN;
            case PAGE_UP -> PAGE_UP;
            case PAGE_DOWN -> PAGE_DOWN;
            case START -> START;
            case END -> END;
            case ENTER -> ENTER;
            case ESCAPE, CLOSED -> QUIT;
            case RESIZED -> RESIZED;
            case NONE -> NONE;
            case CONTROL -> press.isControl('c') ? QUIT : OTHER;
            case PASTE, BACKSPACE, OTHER -> OTHER;
            case CHARACTER ->
                switch (press.text()) {
                    case "q", "Q" -> QUIT;
                    case "j" -> DOWN;
                    case "k" -> UP;
                    case " " -> PAGE_DOWN;
                    case "g" -> START;
                    case "G" -> END;
                    default -> OTHER;
                };
        };
    }
}

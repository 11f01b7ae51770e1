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
    NONE
}

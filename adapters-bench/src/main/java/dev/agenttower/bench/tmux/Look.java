package dev.agenttower.bench.tmux;

/** The levels of detail of a check. */
enum Look {
    /** Detects opened and closed panes. */
    QUICK,
    /** Also detects moved and renamed panes. */
    CLOSE,
    /** Queries tmux unconditionally. */
    THOROUGH;

    private static final int CLOSE_EVERY = 2;
    private static final int THOROUGH_EVERY = 30;

    /**
     * The level at a tick.
     *
     * @param tick the number of this tick
     */
    static Look at(int tick) {
        if (tick % THOROUGH_EVERY == 0) {
            return THOROUGH;
        }
        return tick % CLOSE_EVERY == 0 ? CLOSE : QUICK;
    }
}

package dev.agenttower.bench.tmux;

/** How closely a watch looks. */
enum Look {
    /** For panes that were opened or closed. */
    QUICK,
    /** Also for panes that were moved or renamed. */
    CLOSE,
    /** Without regard to signs: tmux is asked. */
    THOROUGH;

    private static final int CLOSE_EVERY = 2;
    private static final int THOROUGH_EVERY = 30;

    /**
     * The look at a tick.
     *
     * @param tick how many ticks there were before
     */
    static Look at(int tick) {
        if (tick % THOROUGH_EVERY == 0) {
            return THOROUGH;
        }
        return tick % CLOSE_EVERY == 0 ? CLOSE : QUICK;
    }
}

package dev.agenttower.core.agent.state;

import java.util.Locale;

/** By what a state is known. */
public enum Evidence {
    /** A hook of the client told of it. */
    HOOK,
    /** The client wrote it into a file of its own. */
    CLIENT,
    /** The title of its terminal, its screen, or the program in its pane shows it. */
    SCREEN;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in protocols. */
    public String wire() {
        return wire;
    }
}

package dev.agenttower.daemon.lifecycle;

import java.util.Locale;

/** What asked a daemon to stop. */
public enum StopTrigger {
    /** The {@code shutdown} method. */
    API,
    /** SIGTERM. */
    SIGTERM,
    /** SIGINT. */
    SIGINT,
    /** The daemon itself, because it cannot go on. */
    FAILURE;

    /** The name in the log. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}

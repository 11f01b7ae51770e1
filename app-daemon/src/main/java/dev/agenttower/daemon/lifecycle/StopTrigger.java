package dev.agenttower.daemon.lifecycle;

import java.util.Locale;

/** The source of a stop request. */
public enum StopTrigger {
    /** The {@code shutdown} method. */
    API,
    /** SIGTERM. */
    SIGTERM,
    /** SIGINT. */
    SIGINT,
    /** The daemon itself, because it cannot continue. */
    FAILURE;

    /** The name in the log. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}

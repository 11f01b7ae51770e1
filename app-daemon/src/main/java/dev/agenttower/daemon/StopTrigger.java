package dev.agenttower.daemon;

import java.util.Locale;

/** What asked a daemon to stop. */
enum StopTrigger {
    /** The {@code shutdown} method. */
    API,
    /** SIGTERM. */
    SIGTERM,
    /** SIGINT. */
    SIGINT,
    /** The daemon itself, because it cannot go on. */
    FAILURE;

    /** The name in the log. */
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}

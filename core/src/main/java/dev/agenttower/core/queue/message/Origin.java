package dev.agenttower.core.queue.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kind of source of a message. */
public enum Origin {
    /** An agent or a person. */
    DIRECT,
    /** A route of events. */
    ROUTE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The origin of this stored and transmitted name. */
    public static Optional<Origin> parse(String wire) {
        return Arrays.stream(values())
                .filter(origin -> origin.wire.equals(wire))
                .findFirst();
    }

    /** The name in the store and on the wire. */
    public String wire() {
        return wire;
    }
}

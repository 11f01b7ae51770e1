package dev.agenttower.core.governance.drift;

import java.util.Locale;

/** How a drift was noticed. */
public enum DetectedBy {
    /** By the first comparison, with what was known when an earlier process ended. */
    START,
    /** By a later one. */
    WATCH;

    /** The name that stands on the ledger. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static DetectedBy parse(String wire) {
        for (DetectedBy noticed : values()) {
            if (noticed.wire().equals(wire)) {
                return noticed;
            }
        }
        throw new IllegalArgumentException("'" + wire + "' is no way in which a drift is noticed");
    }
}

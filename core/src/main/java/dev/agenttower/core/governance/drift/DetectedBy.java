package dev.agenttower.core.governance.drift;

import java.util.Locale;

/** How a drift was detected. */
public enum DetectedBy {
    /** By the first comparison of this process, with the baseline of an earlier one. */
    START,
    /** By a later comparison. */
    WATCH;

    /** The name on the ledger. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The value of this name.
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

package dev.agenttower.core.governance.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The status of a cross-role request. */
public enum RequestStatus {
    /** Filed; not yet worked on. */
    OPEN,
    /** Being worked on. */
    IN_PROGRESS,
    /** Done. */
    COMPLETED,
    /** Will not be done. */
    REJECTED,
    /** Withdrawn by its author. */
    WITHDRAWN,
    /** Replaced by another request. */
    SUPERSEDED;

    /** The status of a name, ignoring case. */
    public static Optional<RequestStatus> parse(String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(status -> status.name().equals(upper))
                .findFirst();
    }
}

package dev.agenttower.core.governance.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The states of a request. */
public enum RequestStatus {
    /** Filed, and nobody works on it. */
    OPEN,
    /** Somebody works on it. */
    IN_PROGRESS,
    /** Done. */
    COMPLETED,
    /** Will not be done. */
    REJECTED,
    /** Taken back. */
    WITHDRAWN,
    /** Another one took its place. */
    SUPERSEDED;

    /** The status of a name, upper and lower case being alike. */
    public static Optional<RequestStatus> parse(String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(status -> status.name().equals(upper))
                .findFirst();
    }
}

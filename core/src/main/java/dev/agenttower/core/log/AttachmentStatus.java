package dev.agenttower.core.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The states of a log attachment. On the wire a state is its constant in lower case. */
public enum AttachmentStatus {
    /** The pane is recorded. */
    ACTIVE,
    /** The agent was attached to another file. */
    SUPERSEDED,
    /** The pane or the file disappeared. */
    STALE,
    /** A request ended the recording. */
    DETACHED;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a name on the wire. */
    public static Optional<AttachmentStatus> parse(String wire) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(wire))
                .findFirst();
    }
}

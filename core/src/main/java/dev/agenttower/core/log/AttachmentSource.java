package dev.agenttower.core.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What asked for a log attachment. On the wire a source is its constant in lower case. */
public enum AttachmentSource {
    /** A request to attach a log. */
    EXPLICIT,
    /** A registration with {@code attach_log}. */
    REGISTER_SELF;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The source of a name on the wire. */
    public static Optional<AttachmentSource> parse(String wire) {
        return Arrays.stream(values())
                .filter(source -> source.wire().equals(wire))
                .findFirst();
    }
}

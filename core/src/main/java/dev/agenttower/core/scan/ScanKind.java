package dev.agenttower.core.scan;

import java.util.Locale;

/** The object of a scan. */
public enum ScanKind {
    /** The containers of the engine. */
    CONTAINERS,
    /** The panes of the bench containers. */
    PANES;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

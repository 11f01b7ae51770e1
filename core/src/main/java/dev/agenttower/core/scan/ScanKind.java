package dev.agenttower.core.scan;

import java.util.Locale;

/** What a scan looks at. */
public enum ScanKind {
    /** The containers of the engine. */
    CONTAINERS,
    /** The panes of the benches. */
    PANES;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

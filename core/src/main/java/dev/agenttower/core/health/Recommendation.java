package dev.agenttower.core.health;

import dev.agenttower.core.text.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one thing to do next.
 *
 * @param title 1 to 128 code points
 * @param detail at most 512 code points, or null
 * @param target the object it refers to, or null
 */
public record Recommendation(
        Code code,
        String title,
        @Nullable String detail,
        @Nullable Target target) {
    private static final int MAX_TITLE = 128;
    private static final int MAX_DETAIL = 512;

    /** Checks the lengths. */
    public Recommendation {
        if (title.isEmpty() || Text.length(title) > MAX_TITLE || (detail != null && Text.length(detail) > MAX_DETAIL)) {
            throw new IllegalArgumentException("title \"" + title + "\" or detail \"" + detail + "\" has a bad length");
        }
    }

    /** The codes of recommendations; the first that applies is given. */
    public enum Code {
        /** Some subsystem is not ready. */
        SUBSYSTEM_DEGRADED,
        /** No bench is known at all. */
        NO_CONTAINERS,
        /** No pane is known at all. */
        NO_PANES_DISCOVERED,
        /** Panes wait to be adopted. */
        UNADOPTED_PANES_PRESENT,
        /** Messages are blocked. */
        BLOCKED_QUEUE_DRAIN,
        /** There is no route at all. */
        NO_ROUTES_CONFIGURED,
        /** There is nothing to do. */
        ALL_CLEAR;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

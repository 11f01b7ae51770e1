package dev.agenttower.core.pane;

import org.jspecify.annotations.Nullable;

/**
 * Selects panes.
 *
 * @param activeOnly leaves inactive panes out
 * @param container 64 hex digits are an exact id, anything else the exact name of a container; null is all
 */
public record PaneFilter(boolean activeOnly, @Nullable String container) {
    /** Every pane. */
    public static final PaneFilter ALL = new PaneFilter(false, null);

    /** Whether {@link #container()} is an id rather than a name. */
    public boolean isContainerId() {
        return container != null
                && container.length() == 64
                && container.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
    }
}

package dev.agenttower.core.directory;

import dev.agenttower.core.pane.PaneFilter;
import org.jspecify.annotations.Nullable;

/**
 * Which panes a page shows. Panes without a stored container are never shown.
 *
 * @param container as in {@link PaneFilter#container()}; null is all
 * @param registered whether an active agent is bound; null is all
 */
public record PaneCriteria(
        @Nullable String container, @Nullable Boolean registered) {
    /** Every pane. */
    public static final PaneCriteria ALL = new PaneCriteria(null, null);
}

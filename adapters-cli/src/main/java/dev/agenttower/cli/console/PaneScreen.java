package dev.agenttower.cli.console;

import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * What the screen of a pane shows.
 *
 * @param pane the pane; null if none is shown
 * @param lines its lines from above, in its colours, without those below that are blank
 * @param trouble why there are none; empty if there are
 */
record PaneScreen(@Nullable PaneKey pane, List<AttributedString> lines, String trouble) {
    static final PaneScreen NONE = new PaneScreen(null, List.of(), "");

    /** Copies the lines. */
    PaneScreen {
        lines = List.copyOf(lines);
    }
}

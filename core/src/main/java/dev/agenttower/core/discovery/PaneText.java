package dev.agenttower.core.discovery;

import dev.agenttower.core.container.PaneTruncation;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.text.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts observed panes to stored ones: every text is one line without control characters and within its limit. Truncations are recorded, for
 * each pane in the order of the fields.
 */
final class PaneText {
    /** The limit of most fields, in code points. */
    static final int LIMIT = 2048;
    /** The limit of working directories, in code points. */
    static final int PATH_LIMIT = 4096;

    private final BenchTarget target;
    private final String socketPath;
    private final List<PaneTruncation> truncations = new ArrayList<>();

    PaneText(BenchTarget target, String socketPath) {
        this.target = target;
        this.socketPath = socketPath;
    }

    /** The pane, active and first seen at {@code at}. */
    Pane stored(ObservedPane seen, String at) {
        String session = cut(seen, "tmux_session_name", seen.sessionName(), LIMIT);
        String paneId = cut(seen, "tmux_pane_id", seen.paneId(), LIMIT);
        String tty = cut(seen, "pane_tty", seen.tty(), LIMIT);
        String name = cut(seen, "container_name", target.name(), LIMIT);
        String user = cut(seen, "container_user", target.user(), LIMIT);
        String command = cut(seen, "pane_current_command", seen.currentCommand(), LIMIT);
        String title = cut(seen, "pane_title", seen.title(), LIMIT);
        String path = cut(seen, "pane_current_path", seen.currentPath(), PATH_LIMIT);
        return new Pane(
                new PaneKey(target.container(), socketPath, session, seen.windowIndex(), seen.paneIndex(), paneId),
                name,
                user,
                seen.pid(),
                tty,
                command,
                path,
                title,
                seen.focused(),
                true,
                at,
                at);
    }

    /** The truncations so far. */
    List<PaneTruncation> truncations() {
        return List.copyOf(truncations);
    }

    private String cut(ObservedPane pane, String field, String value, int limit) {
        String clean = clean(value);
        int length = Text.length(clean);
        if (length <= limit) {
            return clean;
        }
        truncations.add(
                new PaneTruncation(target.container(), socketPath, Text.cut(pane.paneId(), LIMIT), field, length));
        return Text.cut(clean, limit);
    }

    private static String clean(String value) {
        String line = Text.singleLine(value);
        if (line.codePoints().noneMatch(PaneText::isTreacherous)) {
            return line;
        }
        StringBuilder clean = new StringBuilder(line.length());
        line.codePoints().filter(c -> !isTreacherous(c)).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    // C1 controls are escape sequences to some terminals, and bidirectional controls make text look like other text.
    private static boolean isTreacherous(int c) {
        return (c >= 0x80 && c <= 0x9f)
                || c == 0x061c
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }
}

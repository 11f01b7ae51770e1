package dev.agenttower.bench.tmux;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes.Failed;
import dev.agenttower.core.pane.BenchPanes.Seen;
import dev.agenttower.core.pane.BenchPanes.SocketOutcome;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.TmuxServer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that {@code tmux list-panes} is told to print, and how they are read. Before each field stands a separator and after the last one
 * another, both with a random word in them, so no title or folder, not even one with tabs or line feeds, can be taken for a border.
 *
 * <p>The word holds printable characters only, because newer versions of tmux escape all others in what they print.
 */
final class PaneRows {
    private static final List<String> VARIABLES = List.of(
            "pid",
            "start_time",
            "session_name",
            "window_index",
            "pane_index",
            "pane_id",
            "pane_pid",
            "pane_tty",
            "pane_active",
            "pane_current_command",
            "pane_current_path",
            "pane_title");
    private static final String FOCUSED = "1";
    private static final String UNFOCUSED = "0";

    private final String separator;
    private final String rowEnd;

    /** Rows for one question; {@code word} is random letters and digits. */
    PaneRows(String word) {
        separator = "|" + word + "|";
        rowEnd = "|" + word + "/";
    }

    /** What stands before every field. */
    String separator() {
        return separator;
    }

    /** The argument of {@code list-panes -F}. */
    String format() {
        return VARIABLES.stream()
                .map(name -> "#{" + name + "}")
                .collect(Collectors.joining(separator, separator, rowEnd));
    }

    /** Reads everything that a successful {@code list-panes} printed. */
    SocketOutcome parse(String printed) {
        List<ObservedPane> panes = new ArrayList<>();
        int malformed = 0;
        for (String row : split(printed)) {
            ObservedPane pane = pane(row);
            if (pane == null) {
                malformed++;
            } else {
                panes.add(pane);
            }
        }
        if (panes.isEmpty() && malformed > 0) {
            return new Failed(ErrorCode.OUTPUT_MALFORMED, malformed + " tmux list-panes rows malformed or unparseable");
        }
        return new Seen(panes, malformed);
    }

    private List<String> split(String printed) {
        return Stream.of(printed.split(Pattern.quote(rowEnd), -1))
                .filter(row -> !row.isBlank())
                .toList();
    }

    private @Nullable ObservedPane pane(String row) {
        String[] parts = row.split(Pattern.quote(separator), -1);
        // what stands before the first separator is no field: a program wrapped around tmux may have printed it
        if (parts.length != VARIABLES.size() + 1) {
            return null;
        }
        String focused = parts[9].strip();
        if (!focused.equals(FOCUSED) && !focused.equals(UNFOCUSED)) {
            return null;
        }
        try {
            return new ObservedPane(
                    parts[3],
                    Integer.parseInt(parts[4].strip()),
                    Integer.parseInt(parts[5].strip()),
                    parts[6],
                    Long.parseLong(parts[7].strip()),
                    parts[8],
                    parts[10],
                    parts[11],
                    parts[12],
                    focused.equals(FOCUSED),
                    identity(parts[1].strip(), parts[2].strip()));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** An old tmux leaves empty what it does not know. */
    private static @Nullable PaneIdentity identity(String server, String startedAt) {
        return server.isEmpty() || startedAt.isEmpty()
                ? null
                : new PaneIdentity(new TmuxServer(Long.parseLong(server), Long.parseLong(startedAt)), null);
    }
}

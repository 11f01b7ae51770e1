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
 * The format of {@code tmux list-panes} rows, and its parser. A separator precedes each field and another one follows the last; both
 * contain a random token, so no title or folder, not even one with tabs or line feeds, can imitate a separator.
 *
 * <p>The token has printable characters only, because newer versions of tmux escape all others in their output.
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
            "pane_title",
            "pane_pipe");
    private static final String YES = "1";
    private static final String NO = "0";

    private final String separator;
    private final String rowEnd;

    /** The format for one query; {@code token} is random letters and digits. */
    PaneRows(String token) {
        separator = "|" + token + "|";
        rowEnd = "|" + token + "/";
    }

    /** The separator before every field. */
    String separator() {
        return separator;
    }

    /** The argument of {@code list-panes -F}. */
    String format() {
        return VARIABLES.stream()
                .map(name -> "#{" + name + "}")
                .collect(Collectors.joining(separator, separator, rowEnd));
    }

    /** Parses the output of a successful {@code list-panes}. */
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
        // text before the first separator is no field: a wrapper around tmux may have printed it
        if (parts.length != VARIABLES.size() + 1) {
            return null;
        }
        String focused = parts[9].strip();
        if (!focused.equals(YES) && !focused.equals(NO)) {
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
                    focused.equals(YES),
                    identity(parts[1].strip(), parts[2].strip()),
                    flag(parts[13].strip()));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable Boolean flag(String printed) {
        return switch (printed) {
            case YES -> Boolean.TRUE;
            case NO -> Boolean.FALSE;
            default -> null;
        };
    }

    /** An old tmux leaves unknown variables empty. */
    private static @Nullable PaneIdentity identity(String server, String startedAt) {
        return server.isEmpty() || startedAt.isEmpty()
                ? null
                : new PaneIdentity(new TmuxServer(Long.parseLong(server), Long.parseLong(startedAt)), null);
    }
}

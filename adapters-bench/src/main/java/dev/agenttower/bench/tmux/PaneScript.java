package dev.agenttower.bench.tmux;

import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchPanes.Listed;
import dev.agenttower.core.pane.BenchPanes.SocketOutcome;
import dev.agenttower.core.pane.BenchPanes.SocketPanes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pane scan of a container as one shell script, and the parser of its output: its own process id, the user id, the sockets, and for
 * each socket the output of {@code tmux list-panes}, rows or an error text, and its exit code. Each part begins with a random token, so no
 * content of a container can imitate a part.
 *
 * <p>The shell captures tmux's output: tmux passes its output descriptor to the server, and a hanging server must not keep the connection
 * of the whole script open.
 *
 * <p>The script runs in any POSIX shell and starts {@code id} once and {@code tmux} once for each socket, nothing else. Symbolic links
 * among the sockets are skipped: they lead to a server that is listed under its own name, or out of the folder.
 */
final class PaneScript {
    private static final String TEXT = """
            : agenttower lists the panes
            part() { printf '%s %s\\n' "$1" "$2"; }
            part "$1-pid" "$$"
            user=$(id -u 2>&1); code=$?
            part "$1-user" "$code $user"
            [ "$code" = 0 ] || exit 0
            folder=/tmp/tmux-$user
            if [ ! -d "$folder" ]; then part "$1-missing" "$folder"; exit 0; fi
            if [ ! -r "$folder" ] || [ ! -x "$folder" ]; then part "$1-unreadable" "$folder"; exit 0; fi
            for socket in "$folder"/*; do
              if [ -S "$socket" ] && [ ! -h "$socket" ]; then part "$1-socket" "$socket"; fi
            done
            part "$1-listed" "$folder"
            for socket in "$folder"/*; do
              if [ -S "$socket" ] && [ ! -h "$socket" ]; then
                part "$1-rows" "$socket"
                answer=$(tmux -S "$socket" list-panes -a -F "$2" 2>&1 </dev/null); code=$?
                printf '%s\\n' "$answer"
                part "$1-end" "$code"
              fi
            done
            part "$1-done" ""
            """;
    private static final String BROKEN_OFF = "the script broke off";
    private static final Pattern STATUS = Pattern.compile("(\\d{1,9}) (.*)", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("\\d{1,9}");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private final String token;
    private final PaneRows rows;
    private final Pattern parts;

    /** The script for one query; {@code token} is random letters and digits. */
    PaneScript(String token) {
        this.token = token;
        this.rows = new PaneRows(token);
        this.parts = Pattern.compile(Pattern.quote(token) + "-([a-z]+) ");
    }

    /** The shell and its arguments. */
    List<String> command() {
        return List.of("sh", "-c", TEXT, "sh", token, rows.format());
    }

    /** Whether the script started. */
    boolean hasBegun(String printed) {
        return parts.matcher(printed).find();
    }

    /** The process that runs the script and leads the process group of all its children, with its number inside the container. */
    OptionalLong processOf(String printed) {
        return part(printed, "pid")
                .map(Part::text)
                .map(String::strip)
                .filter(text -> DIGITS.matcher(text).matches())
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    /**
     * Parses the output of the script.
     *
     * @param timeLimit the time limit that ended it, or null if it ran to its end
     */
    BenchPanes parse(String printed, @Nullable Duration timeLimit) {
        @Nullable BenchPanes failure = failure(printed);
        if (failure != null) {
            return failure;
        }
        if (part(printed, "listed").findAny().isEmpty()) {
            return timeLimit == null ? TmuxFailures.userId(-1, BROKEN_OFF) : TmuxFailures.timeout(timeLimit);
        }
        Map<String, SocketOutcome> outcomes = outcomes(printed);
        List<SocketPanes> sockets = part(printed, "socket")
                .map(part -> withoutLineEnd(part.text()))
                .distinct()
                .map(path -> new SocketPanes(path, outcomes.getOrDefault(path, unanswered(printed, timeLimit))))
                .toList();
        return new Listed(sockets);
    }

    private SocketOutcome unanswered(String printed, @Nullable Duration timeLimit) {
        if (timeLimit != null) {
            return TmuxFailures.socketTimeout(timeLimit);
        }
        // a socket that disappeared during the script belongs to a server that has ended
        boolean complete = part(printed, "done").findAny().isPresent();
        return complete
                ? TmuxFailures.listPanes(1, "no server running any more")
                : TmuxFailures.listPanes(-1, BROKEN_OFF);
    }

    private @Nullable BenchPanes failure(String printed) {
        for (Part part : parts(printed)) {
            String text = withoutLineEnd(part.text());
            switch (part.name()) {
                case "user" -> {
                    Matcher user = STATUS.matcher(text);
                    if (!user.matches()) {
                        return TmuxFailures.userIdMalformed(text);
                    }
                    int status = Integer.parseInt(user.group(1));
                    String id = user.group(2).strip();
                    if (status != 0) {
                        return TmuxFailures.userId(status, id);
                    }
                    if (!DIGITS.matcher(id).matches()) {
                        return TmuxFailures.userIdMalformed(id);
                    }
                }
                case "missing" -> {
                    return TmuxFailures.folderMissing(text);
                }
                case "unreadable" -> {
                    return TmuxFailures.folderUnreadable(text);
                }
                default -> {}
            }
        }
        return null;
    }

    private Map<String, SocketOutcome> outcomes(String printed) {
        Map<String, SocketOutcome> outcomes = new LinkedHashMap<>();
        @Nullable String socket = null;
        String panes = "";
        for (Part part : parts(printed)) {
            if (part.name().equals("rows")) {
                int lineEnd = firstRow(part.text());
                socket = withoutLineEnd(part.text().substring(0, lineEnd));
                panes = part.text().substring(lineEnd);
            } else if (part.name().equals("end") && socket != null) {
                outcomes.put(socket, outcome(part.text().strip(), withoutLineEnd(panes)));
                socket = null;
            }
        }
        return outcomes;
    }

    // the name of a socket may hold line feeds; a row begins with its separator
    private int firstRow(String text) {
        int row = text.indexOf("\n" + rows.separator());
        return row < 0 ? text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n') + 1 : row + 1;
    }

    private SocketOutcome outcome(String code, String answer) {
        if (!CODE.matcher(code).matches()) {
            return TmuxFailures.listPanes(-1, BROKEN_OFF);
        }
        int status = Integer.parseInt(code);
        return status == 0 ? rows.parse(answer) : TmuxFailures.listPanes(status, answer);
    }

    private Stream<Part> part(String printed, String name) {
        return parts(printed).stream().filter(part -> part.name().equals(name));
    }

    private List<Part> parts(String printed) {
        List<Part> found = new ArrayList<>();
        Matcher matcher = parts.matcher(printed);
        boolean more = matcher.find();
        while (more) {
            String name = matcher.group(1);
            int begin = matcher.end();
            more = matcher.find();
            found.add(new Part(name, printed.substring(begin, more ? matcher.start() : printed.length())));
        }
        return found;
    }

    private static String withoutLineEnd(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** One part of the output, up to the next part. */
    private record Part(String name, String text) {}
}

package dev.agenttower.bench.tmux;

import dev.agenttower.bench.tmux.TmuxRunner.Answer;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.PanePipes;
import dev.agenttower.core.text.ShellWords;
import dev.agenttower.core.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Pipes of panes through {@code tmux pipe-pane}. */
public final class TmuxPanePipes implements PanePipes {
    private static final String FORMAT = "#{pane_id} #{pane_pipe} #{pane_pipe_command}";
    private static final String LISTING =
            "#{session_name}:#{window_index}.#{pane_index} #{pane_id} #{pane_pipe} #{pane_pipe_command}";
    // The name of a session may hold blanks.
    private static final Pattern LISTED = Pattern.compile("(.*?) (%\\d+) 1( .*)?");
    // Some releases say so and exit with 0.
    private static final List<String> NO_PANE = List.of("session not found", "pane not found", "no current target");

    private final TmuxRunner tmux;

    /** Pipes through {@code tmux}. */
    public TmuxPanePipes(TmuxRunner tmux) {
        this.tmux = tmux;
    }

    @Override
    public Pipe inspect(Target pane) {
        // list-panes lists all panes of the window.
        String id = pane.pane().paneId() + " ";
        String listed =
                run(pane, List.of("list-panes", "-F", FORMAT, "-t", pane.pane().paneId()));
        return listed.lines()
                .filter(line -> line.startsWith(id))
                .map(line -> pipe(line.substring(id.length())))
                .findFirst()
                .orElseGet(() -> pipe(listed.lines().findFirst().orElse("")));
    }

    private static Pipe pipe(String flagAndCommand) {
        int blank = flagAndCommand.indexOf(' ');
        String flag = blank < 0 ? flagAndCommand : flagAndCommand.substring(0, blank);
        return new Pipe(
                flag.equals("1"),
                blank < 0 ? "" : flagAndCommand.substring(blank + 1).strip());
    }

    @Override
    public void open(Target pane, String command) {
        run(pane, opening(pane, command));
    }

    // With -o, tmux closes a pipe that is already open; callers inspect first.
    private static List<String> opening(Target pane, String command) {
        return List.of("pipe-pane", "-o", "-t", pane.pane().paneId(), unexpanded(command));
    }

    /** tmux expands formats and the conversions of strftime. */
    private static String unexpanded(String command) {
        return command.replace("#", "##").replace("%", "%%");
    }

    @Override
    public void close(Target pane) {
        run(pane, List.of("pipe-pane", "-t", pane.pane().paneId()));
    }

    @Override
    public List<Piped> piped(Target pane) {
        Map<String, Piped> found = new LinkedHashMap<>();
        run(pane, List.of("list-panes", "-a", "-F", LISTING)).lines().forEach(line -> {
            Matcher listed = LISTED.matcher(line);
            if (listed.matches()) {
                String command = listed.group(3) == null ? "" : listed.group(3).strip();
                found.putIfAbsent(listed.group(2), new Piped(listed.group(2), listed.group(1), command));
            }
        });
        return List.copyOf(found.values());
    }

    @Override
    public Optional<String> home(Target pane) {
        // A format also reads the environment of the server.
        String home = run(
                        pane, List.of("display-message", "-p", "-t", pane.pane().paneId(), "#{HOME}"))
                .strip();
        return Optional.of(home).filter(path -> path.startsWith("/"));
    }

    @Override
    public String shown(Target pane, String command) {
        return tmux.command(pane, opening(pane, command)).stream()
                .map(ShellWords::quoted)
                .collect(Collectors.joining(" "));
    }

    private String run(Target pane, List<String> arguments) {
        Answer answer = tmux.run(pane, arguments);
        String complaint = answer.err().toLowerCase(Locale.ROOT);
        if (answer.status() != 0 || NO_PANE.stream().anyMatch(complaint::contains)) {
            String said = Text.singleLine(answer.err(), Text.MESSAGE_LIMIT / 2).strip();
            throw new RefusedException(
                    ErrorCode.PIPE_PANE_FAILED,
                    "tmux " + arguments.get(0) + " failed for pane "
                            + pane.pane().paneId() + " with status " + answer.status()
                            + (said.isEmpty() ? "" : ": " + said),
                    Map.of("pane_id", pane.pane().paneId()));
        }
        return answer.out();
    }
}

package dev.agenttower.bench.tmux;

import dev.agenttower.core.agent.screen.Screen;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One call of tmux that reads the screen of a pane, and the parser of its output. */
final class ScreenCommand {
    private static final String MARK = "agenttower-screen";
    private static final Pattern ANSWER =
            Pattern.compile("\\A" + MARK + " (\\d{1,5}) (\\d{1,5}) ([01]) ([^\\n]*)\\n?(.*)\\z", Pattern.DOTALL);

    private ScreenCommand() {}

    /** The arguments of tmux, without those that name the server. */
    static List<String> arguments(String paneId) {
        return List.of(
                "display-message",
                "-p",
                "-t",
                paneId,
                MARK + " #{cursor_x} #{cursor_y} #{cursor_flag} #{pane_current_command}",
                ";",
                "capture-pane",
                "-p",
                "-e",
                "-t",
                paneId);
    }

    /** The screen; empty if there is no such pane or tmux cannot tell. */
    static Optional<Screen> screen(String printed) {
        Matcher answer = ANSWER.matcher(printed);
        return answer.matches()
                ? Optional.of(Screen.of(
                        answer.group(4),
                        Integer.parseInt(answer.group(1)),
                        Integer.parseInt(answer.group(2)),
                        answer.group(3).equals("1"),
                        answer.group(5)))
                : Optional.empty();
    }
}

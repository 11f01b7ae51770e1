package dev.agenttower.bench.tmux;

import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.screen.Screen;
import dev.agenttower.core.pane.TmuxServer;
import dev.agenttower.core.queue.TypingResult;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.PromptBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One call of tmux that types a prompt, and the parser of its output. tmux loads the body from its standard input into a buffer of its own name, then
 * checks the pane and pastes in one step of its server, in which nothing can come between.
 *
 * <p>No byte of the body is among the arguments. The pane's id and the buffer's name, which are, consist of safe characters only.
 */
final class TypingCommand {
    private static final Pattern PANE_ID = Pattern.compile("%\\d{1,9}");
    private static final Pattern BUFFER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final String LOADED = "agenttower-loaded";
    private static final String PASTED = "agenttower-pasted";
    private static final String SUBMITTED = "agenttower-submitted";
    private static final String HELD = "agenttower-held";
    private static final List<String> PANE_GONE = List.of("can't find pane", "no such pane");
    private static final List<String> ENGINE_FAILED = List.of(
            "no such container",
            "container not running",
            "is not running",
            "docker daemon socket",
            "oci runtime exec failed",
            "error response from daemon",
            "container is paused");
    /** Gemini's client drops an Enter that it reads together with a paste, as it does on a busy machine. */
    private static final String GEMINI_PAUSE_SECONDS = "1.5";

    private final TypingTarget target;
    private final String buffer;
    private final boolean hasSeveralLines;

    /**
     * The call for one prompt.
     *
     * @throws IllegalArgumentException if the pane's id or the message's id has characters of a command, or the path of the socket a line feed
     */
    TypingCommand(TypingTarget target, String messageId, PromptBody body) {
        this.target = target;
        this.buffer = "agenttower-" + messageId;
        this.hasSeveralLines = body.hasSeveralLines();
        if (target.pane().socketPath().indexOf('\n') >= 0
                || !PANE_ID.matcher(target.pane().paneId()).matches()
                || !BUFFER.matcher(buffer).matches()) {
            throw new IllegalArgumentException(
                    "pane \"" + target.pane().paneId() + "\", message \"" + messageId + "\"");
        }
    }

    /** The arguments of tmux that read the screen. */
    List<String> look() {
        return Stream.concat(
                        Stream.of("-S", target.pane().socketPath()),
                        ScreenCommand.arguments(target.pane().paneId()).stream())
                .toList();
    }

    /**
     * The arguments of tmux that type.
     *
     * @param seen the cursor must stand where it stood on this screen; null if that does not matter
     */
    List<String> arguments(@Nullable Screen seen) {
        String pane = target.pane().paneId();
        boolean isGemini = target.capability() == Capability.GEMINI;
        String typing = "paste-buffer -p -r -d -b " + buffer + " -t " + pane + " ; display-message -p " + PASTED
                + (isGemini ? " ; run-shell -d " + GEMINI_PAUSE_SECONDS : "")
                + " ; send-keys -t " + pane + " Enter ; display-message -p " + SUBMITTED;
        String report = "delete-buffer -b " + buffer + " ; display-message -p -t " + pane + " '" + HELD
                + "|#{pid}|#{start_time}|#{pane_pid}|#{pane_in_mode}|#{bracket_paste_flag}|"
                + "#{cursor_x},#{cursor_y}|'";
        return List.of(
                "-S",
                target.pane().socketPath(),
                "load-buffer",
                "-b",
                buffer,
                "-",
                ";",
                "display-message",
                "-p",
                LOADED,
                ";",
                "if-shell",
                "-F",
                "-t",
                pane,
                condition(seen),
                typing,
                report);
    }

    /** The arguments that delete the buffer. */
    List<String> cleanup() {
        return List.of("-S", target.pane().socketPath(), "delete-buffer", "-b", buffer);
    }

    private String condition(@Nullable Screen seen) {
        List<String> conditions = new ArrayList<>();
        conditions.add("#{==:#{pane_pid}," + target.panePid() + "}");
        conditions.add("#{==:#{pane_in_mode},0}");
        if (seen != null) {
            conditions.add("#{==:#{cursor_x} #{cursor_y}," + seen.column() + " " + seen.row() + "}");
        }
        TmuxServer server = target.server();
        if (server != null) {
            conditions.add("#{==:#{pid}," + server.pid() + "}");
            conditions.add("#{==:#{start_time}," + server.startedAt() + "}");
        }
        String program = target.program();
        if (program != null) {
            conditions.add("#{m:" + pattern(program) + ",#{pane_current_command}}");
        }
        if (hasSeveralLines) {
            // Empty where tmux does not tell.
            conditions.add("#{!=:#{bracket_paste_flag},0}");
        }
        String all = conditions.get(0);
        for (String each : conditions.subList(1, conditions.size())) {
            all = "#{&&:" + all + "," + each + "}";
        }
        return all;
    }

    /** A pattern that a program's name fits, without characters that mean something in a format. */
    private static String pattern(String program) {
        StringBuilder pattern = new StringBuilder(program.length());
        program.chars().forEach(c -> {
            boolean isSafe =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
            pattern.append(isSafe ? (char) c : c < 0x80 ? '?' : '*');
        });
        return pattern.toString();
    }

    /** Whether the buffer may still exist. */
    static boolean mayLeakBuffer(String printed) {
        return printed.contains(LOADED) && !printed.contains(PASTED) && !printed.contains(HELD);
    }

    /** Whether nothing was typed, and the cursor has moved since a screen was seen. */
    boolean hasMoved(String printed, Screen seen) {
        int held = printed.indexOf(HELD);
        String[] report = held < 0 ? new String[0] : printed.substring(held).split("\\|", -1);
        return report.length > 6 && !report[6].equals(seen.column() + "," + seen.row());
    }

    /**
     * The result.
     *
     * @param printed the output of the call, or of the engine in its place
     */
    TypingResult result(String printed) {
        if (printed.contains(SUBMITTED)) {
            return new TypingResult.Typed();
        }
        int held = printed.indexOf(HELD);
        if (held >= 0) {
            return held(printed.substring(held).split("\\|", -1));
        }
        String text = printed.toLowerCase(Locale.ROOT);
        if (PANE_GONE.stream().anyMatch(text::contains)) {
            return new TypingResult.Failed(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT);
        }
        if (ENGINE_FAILED.stream().anyMatch(text::contains)) {
            return new TypingResult.Failed(FailureReason.DOCKER_EXEC_FAILED);
        }
        return new TypingResult.Failed(
                printed.contains(PASTED) ? FailureReason.TMUX_SEND_KEYS_FAILED : FailureReason.TMUX_PASTE_FAILED);
    }

    private TypingResult held(String[] report) {
        TmuxServer server = target.server();
        boolean isSame = report.length > 5
                && report[3].equals(String.valueOf(target.panePid()))
                && (server == null
                        || (report[1].equals(String.valueOf(server.pid()))
                                && report[2].equals(String.valueOf(server.startedAt()))));
        if (!isSame) {
            return new TypingResult.Failed(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT);
        }
        if (!report[4].equals("0")) {
            return new TypingResult.Held(HoldReason.PANE_IN_MODE);
        }
        return new TypingResult.Held(
                hasSeveralLines && report[5].equals("0")
                        ? HoldReason.NO_BRACKETED_PASTE
                        : HoldReason.OTHER_PROGRAM_IN_FOREGROUND);
    }
}

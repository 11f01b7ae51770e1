package dev.agenttower.cli.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.lifecycle.UnusableFileException;
import dev.agenttower.cli.pane.CallerAgent;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Sends a prompt and reports what became of it. */
public final class SentPrompt {
    private static final String STDIN = "-";
    /** More than any envelope, so that the daemon or its line limit reports an excess. */
    private static final int MAX_BYTES = 1 << 20;

    private static final int SHORTEST_TIMEOUT_SECONDS = 15;
    private static final int UNWAITED_TIMEOUT_SECONDS = 5;

    private SentPrompt() {}

    /** The bytes of a text argument. */
    public static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** The bytes of a file, or of stdin. */
    static byte[] read(String file, CliContext context) {
        try {
            if (file.equals(STDIN)) {
                return context.in().readNBytes(MAX_BYTES);
            }
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                return in.readNBytes(MAX_BYTES);
            }
        } catch (IOException | InvalidPathException e) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "cannot read the message from \"" + file + "\": " + UnusableFileException.reasonOf(e));
        }
    }

    /**
     * Sends a prompt as the person on the host, or as the agent whose pane this is.
     *
     * @param patience the seconds to wait for the delivery; null to wait for nothing
     * @return the row of the message
     */
    public static JsonNode sendAsOperator(
            DaemonAccess daemon, CliContext context, String target, byte[] body, @Nullable Double patience) {
        return send(daemon, sender(daemon, context), target, body, patience);
    }

    /** The parameters that tell who sends: the agent of the caller's pane, or a person on the host. */
    static ObjectNode sender(DaemonAccess daemon, CliContext context) {
        ObjectNode pane = new CallerAgent(daemon, context).operatorPane();
        ObjectNode sender = JsonText.object();
        if (pane == null) {
            sender.put("operator", true);
        } else {
            sender.set("caller_pane", pane);
        }
        return sender;
    }

    /**
     * Sends a prompt.
     *
     * @param sender the parameters that tell who sends
     * @param patience the seconds to wait for the delivery; null to wait for nothing
     * @return the row of the message
     */
    static JsonNode send(
            DaemonAccess daemon, ObjectNode sender, String target, byte[] body, @Nullable Double patience) {
        ObjectNode params = sender.put("target", target)
                .put("body_bytes", Base64.getEncoder().encodeToString(body))
                .put("wait", patience != null);
        int seconds = UNWAITED_TIMEOUT_SECONDS;
        if (patience != null) {
            params.put("wait_timeout_seconds", patience);
            seconds = Math.max(SHORTEST_TIMEOUT_SECONDS, (int) Math.min(Math.ceil(patience), 300) + 5);
        }
        ObjectNode row = daemon.call("queue.send_input", params, Timeouts.answerWithin(seconds));
        row.remove("waited_to_terminal");
        return row;
    }

    /** Prints what became of a message; returns the exit status. */
    static int report(Output output, String command, JsonNode row, boolean waited) {
        String state = row.path("state").asText();
        String reason = reason(row);
        String label = label(row, waited);
        int status = QueueExit.ofOutcome(label);
        String id = row.path("message_id").asText();
        if (output.isJson()) {
            output.context().out().print(JsonText.compact(row) + "\n");
        } else if (status == QueueExit.OK) {
            output.context().out().print(label + ": msg=" + id + " target=" + target(row.path("target")) + "\n");
        } else {
            // Scripts read the line of send-input, which always has both.
            boolean isForScripts = command.equals("send-input");
            String held = isForScripts ? "" : row.path("hold_reason").asText("");
            boolean hasReason = state.equals("blocked") || state.equals("failed");
            String cause = hasReason ? reason : held.isEmpty() ? label : held;
            boolean isSaid = cause.equals(label) && !isForScripts;
            output.context()
                    .err()
                    .print(command + " failed: " + label + (isSaid ? "" : " — " + cause) + " (msg=" + id + ")\n");
        }
        return status;
    }

    private static String reason(JsonNode row) {
        return row.path("block_reason").isTextual()
                ? row.path("block_reason").asText()
                : row.path("failure_reason").asText("");
    }

    private static String label(JsonNode row, boolean waited) {
        String state = row.path("state").asText();
        return switch (state) {
            case "blocked" -> reason(row).equals("kill_switch_off") ? "routing_disabled" : reason(row);
            case "failed" -> reason(row);
            case "queued" -> waited ? "delivery_wait_timeout" : state;
            default -> state;
        };
    }

    /** What became of a message and what a person can do about it, in one line. */
    public static String summary(JsonNode row) {
        String advice = Advice.of(row);
        String held = row.path("hold_reason").asText("");
        String label = label(row, false);
        return (held.isEmpty() ? label : label + ", " + held).replace('_', ' ')
                + (advice.isEmpty() ? "" : ": " + advice);
    }

    private static String target(JsonNode target) {
        String id = target.path("agent_id").asText();
        String label = TerminalText.safe(target.path("label").asText(""));
        return label.isEmpty() ? id : label + "(" + id + ")";
    }
}

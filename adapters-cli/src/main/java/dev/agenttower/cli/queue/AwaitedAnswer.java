package dev.agenttower.cli.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;

/** Waits for the end of the turn that a prompt began, and prints the last message of the agent. */
final class AwaitedAnswer {
    /** The daemon waits no longer for one call. */
    private static final int MOST_FOR_ONE_CALL = 300;

    private final DaemonAccess daemon;
    private final Output output;

    AwaitedAnswer(DaemonAccess daemon, Output output) {
        this.daemon = daemon;
        this.output = output;
    }

    /** Whether a message can still be answered. */
    static boolean mayCome(JsonNode row) {
        String state = row.path("state").asText();
        boolean mayEnd = state.equals("queued") || state.equals("delivered");
        return mayEnd && !row.path("agent_ended").asBoolean();
    }

    /** Prints the answer; returns the exit status. */
    int print(String messageId, int patience) {
        JsonNode row = await(messageId, patience);
        boolean isAnswered = row.path("answered_at").isTextual();
        if (output.isJson()) {
            output.context().out().print(JsonText.compact(row) + "\n");
        } else if (isAnswered) {
            printText(row, output);
        } else if (row.path("agent_ended").asBoolean()) {
            output.context()
                    .err()
                    .print("send failed: agent_ended — the agent ended before it answered (msg=" + messageId + ")\n");
        } else if (!mayCome(row)) {
            return SentPrompt.report(output, "send", row, true);
        } else {
            String why = row.path("received_at").isTextual()
                    ? "the agent was given the prompt and has not finished its turn"
                    : row.path("delivered_at").isTextual()
                            ? "the prompt was typed, and no hook of the agent has shown it; see `agenttower hooks status`"
                            : "the prompt waits; next: " + Advice.of(row);
            output.context().err().print("send failed: turn_wait_timeout — " + why + " (msg=" + messageId + ")\n");
        }
        return isAnswered ? QueueExit.OK : QueueExit.ofOutcome("delivery_wait_timeout");
    }

    /** Prints the last message of the agent, with its hidden characters named. */
    static void printText(JsonNode row, Output output) {
        row.path("answer")
                .asText("")
                .lines()
                .forEach(line -> output.context().out().print(TerminalText.visible(line) + "\n"));
    }

    /** Waits at most for some seconds; returns the message as it is then. */
    JsonNode await(String messageId, int patience) {
        JsonNode row;
        int left = patience;
        do {
            int seconds = Math.min(left, MOST_FOR_ONE_CALL);
            row = daemon.call(
                    "queue.receipt",
                    JsonText.object().put("message_id", messageId).put("wait_timeout_seconds", seconds),
                    Timeouts.answerWithin(seconds + 5));
            left -= seconds;
        } while (left > 0 && row.path("answered_at").isNull() && mayCome(row));
        return row;
    }
}

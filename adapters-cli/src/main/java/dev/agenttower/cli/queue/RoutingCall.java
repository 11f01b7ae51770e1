package dev.agenttower.cli.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.pane.CallerAgent;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A call of the kill switch. */
public final class RoutingCall {
    @Mixin
    private Output output;

    int send(String action) {
        return QueueExit.run(
                output,
                () -> {
                    JsonNode result;
                    try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
                        result = call(daemon, output.context(), action);
                    }
                    output.context().out().print((output.isJson() ? JsonText.compact(result) : text(result)) + "\n");
                    return QueueExit.OK;
                },
                (code, message) -> output.context()
                        .err()
                        .print("routing " + action + " failed: " + code + " — "
                                + TerminalText.safe(Text.singleLine(message)) + "\n"));
    }

    /**
     * Asks for the state of the kill switch, or changes it, as the person on the host.
     *
     * @param action {@code status}, {@code enable} or {@code disable}
     */
    public static JsonNode call(DaemonAccess daemon, CliContext context, String action) {
        return daemon.call("routing." + action, params(daemon, context, action), Timeouts.answerWithin(10));
    }

    private static @Nullable ObjectNode params(DaemonAccess daemon, CliContext context, String action) {
        if (action.equals("status")) {
            return null;
        }
        ObjectNode params = JsonText.object();
        ObjectNode pane = pane(new CallerAgent(daemon, context));
        if (pane != null) {
            params.set("caller_pane", pane);
        }
        return params;
    }

    /** The pane of an agent, which the daemon refuses; null for a person on the host. */
    private static @Nullable ObjectNode pane(CallerAgent caller) {
        try {
            return caller.operatorPane();
        } catch (RefusedException | DaemonErrorException unresolved) {
            return JsonText.object().put("bench_origin_unresolved", true);
        }
    }

    private static String text(JsonNode result) {
        if (!result.has("changed")) {
            return "routing: " + result.path("value").asText() + " (set "
                    + result.path("last_updated_at").asText() + " by "
                    + TerminalText.safe(result.path("last_updated_by").asText()) + ")";
        }
        String current = result.path("current_value").asText();
        return result.path("changed").asBoolean()
                ? "routing " + current + " (was "
                        + result.path("previous_value").asText() + ")"
                : "routing already " + current;
    }
}

package dev.agenttower.cli.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.client.TransportException;
import dev.agenttower.core.text.Text;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** A call of a method of routes, and the output of its result. */
final class RouteCall {
    private final CliContext context;

    @Option(names = "--json", description = "print the result as indented JSON, with sorted keys")
    private boolean isJson;

    RouteCall(CliContext context) {
        this.context = context;
    }

    /**
     * Calls {@code routes.<action>} and prints what {@code shown} is of the result, or with {@code --json} its {@code data}.
     *
     * @param shown the text for people, ending in LF
     */
    int run(String action, ObjectNode params, Function<JsonNode, JsonNode> data, Function<JsonNode, String> shown) {
        JsonNode result;
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            result = daemon.call("routes." + action, params, Timeouts.answerWithin(10));
        } catch (DaemonErrorException e) {
            context.err()
                    .print("error: " + e.code() + ": "
                            + TerminalText.safe(Text.singleLine(String.valueOf(e.getMessage()))) + "\n");
            return ExitCode.REFUSED.status();
        } catch (TransportException e) {
            context.err().print("error: agenttowerd is not running (start it with `agenttowerd`)\n");
            return ExitCode.UNREACHABLE.status();
        }
        context.out().print(isJson ? JsonText.sorted(data.apply(result)) + "\n" : shown.apply(result));
        return ExitCode.OK.status();
    }

    /** Calls an action upon one route and prints one line. */
    int change(String routeId, String action, String past) {
        return run(
                action,
                JsonText.object().put("route_id", routeId),
                Function.identity(),
                result -> past + " route " + field(result, "route_id") + "\n");
    }

    /** A field as text, without anything that a terminal would act on. */
    static String field(JsonNode row, String name) {
        return TerminalText.safe(row.path(name).asText());
    }
}

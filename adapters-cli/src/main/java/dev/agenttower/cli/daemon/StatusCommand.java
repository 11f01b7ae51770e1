package dev.agenttower.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.Timeouts;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower status}. */
@Command(
        name = "status",
        description = "show whether the daemon is alive",
        footer = {"  agenttower status", "  agenttower status --json"})
public final class StatusCommand implements Runnable {
    @Mixin
    private Output output;

    @Option(names = "--routing", description = "print the state of event routing as well")
    private boolean withRouting;

    @Override
    public void run() {
        JsonNode status = fetch();
        output.print(status, () -> text(status, withRouting));
    }

    private static StringBuilder text(JsonNode status, boolean withRouting) {
        StringBuilder text = new StringBuilder(256);
        line(text, "alive", status.path("alive"));
        line(text, "pid", status.path("pid"));
        line(text, "start_time", status.path("start_time_utc"));
        line(text, "uptime_seconds", status.path("uptime_seconds"));
        line(text, "socket_path", status.path("socket_path"));
        line(text, "state_path", status.path("state_path"));
        if (withRouting) {
            routing(text, status.path("routing"));
        }
        return text;
    }

    private JsonNode fetch() {
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            return daemon.call("status", null, Timeouts.SHORT);
        } catch (DaemonErrorException e) {
            throw CommandFailure.refused(e);
        }
    }

    private static void line(StringBuilder text, String key, JsonNode value) {
        text.append(key).append('=').append(value.asText()).append('\n');
    }

    private static void routing(StringBuilder text, JsonNode routing) {
        text.append("Routing:\n  Routes: ").append(routing.path("routes_total").asText());
        text.append(" total (").append(routing.path("routes_enabled").asText());
        text.append(" enabled, ").append(routing.path("routes_disabled").asText());
        text.append(" disabled)\n");
        fact(text, "Last cycle", orNone(routing.path("last_routing_cycle_at"), "None"));
        fact(
                text,
                "Events consumed (since start)",
                routing.path("events_consumed_total").asText());
        skips(text, routing.path("skips_by_reason"));
        JsonNode stalled = routing.path("most_stalled_route");
        fact(
                text,
                "Most stalled",
                stalled.isObject()
                        ? stalled.path("route_id").asText() + " (lag="
                                + stalled.path("lag").asText() + ")"
                        : "(none)");
        fact(text, "Worker degraded", routing.path("routing_worker_degraded").asText());
        fact(
                text,
                "Audit buffer degraded",
                routing.path("degraded_routing_audit_persistence").asText());
    }

    private static void skips(StringBuilder text, JsonNode skips) {
        if (skips.isEmpty()) {
            fact(text, "Skips by reason", "(none)");
            return;
        }
        text.append("  Skips by reason:\n");
        skips.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(skip -> text.append("    ")
                        .append(skip.getKey())
                        .append(": ")
                        .append(skip.getValue().asText())
                        .append('\n'));
    }

    private static String orNone(JsonNode value, String none) {
        return value.isTextual() ? value.textValue() : none;
    }

    private static void fact(StringBuilder text, String name, String value) {
        text.append("  ").append(name).append(": ").append(value).append('\n');
    }
}

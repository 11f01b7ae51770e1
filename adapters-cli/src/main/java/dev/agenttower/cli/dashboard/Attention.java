package dev.agenttower.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Derives the dashboard's warnings from readiness and figures. */
final class Attention {
    private Attention() {}

    static List<String> lines(JsonNode readiness, JsonNode counts) {
        List<String> lines = new ArrayList<>();
        for (JsonNode subsystem : readiness.path("subsystems")) {
            String status = subsystem.path("status").asText("ok");
            if (!status.equals("ok")) {
                String reason = subsystem.path("reason").asText("");
                lines.add(
                        subsystem.path("name").asText("?") + " is " + status + (reason.isEmpty() ? "" : ": " + reason));
            }
        }
        number(lines, counts.path("queue").path("blocked"), "message is blocked", "messages are blocked");
        number(lines, counts.path("queue").path("failed"), "message has failed", "messages have failed");
        number(
                lines,
                counts.path("log_attachments").path("degraded"),
                "log is no longer recorded",
                "logs are no longer recorded");
        number(
                lines,
                counts.path("routes").path("recently_skipped_count"),
                "event was not routed in the last 5 minutes",
                "events were not routed in the last 5 minutes");
        number(
                lines,
                counts.path("agents").path("by_state").path("partially_configured"),
                "agent lacks a role, a capability or a label",
                "agents lack a role, a capability or a label");
        return lines;
    }

    private static void number(List<String> lines, JsonNode count, String one, String several) {
        if (count.asLong() > 0) {
            lines.add(count.asLong() + " " + (count.asLong() == 1 ? one : several));
        }
    }
}

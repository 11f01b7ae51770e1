package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.health.DashboardFigures;
import dev.agenttower.core.text.Text;

/** Recent events, one short row each. */
final class RecentRows {
    private static final int MAX_SUMMARY = 256;
    private static final int LAST_PRIORITY = 99;

    private RecentRows() {}

    static ObjectNode recent(DashboardFigures figures) {
        ObjectNode recent = JsonNodeFactory.instance.objectNode();
        ArrayNode events = recent.putArray("events");
        figures.recentEvents().forEach(event -> addEvent(events, event));
        ArrayNode queue = recent.putArray("queue");
        figures.recentMessages().forEach(message -> addMessage(queue, message));
        ArrayNode routes = recent.putArray("routes");
        figures.recentRoutes().forEach(route -> addRoute(routes, route));
        return recent;
    }

    private static void addEvent(ArrayNode rows, DashboardFigures.RecentEvent event) {
        rows.addObject()
                .put("id", event.id())
                .put("timestamp", event.observedAt())
                .put("type", event.type())
                .put("origin", "")
                .put("agent_id", event.agentId())
                .put("summary", summary(event));
    }

    private static String summary(DashboardFigures.RecentEvent event) {
        if (event.type().isEmpty()) {
            return "(event)";
        }
        return cut(event.agentId().isEmpty() ? event.type() : event.type() + " from " + event.agentId());
    }

    private static void addMessage(ArrayNode rows, DashboardFigures.RecentMessage message) {
        rows.addObject()
                .put("id", message.id())
                .put("timestamp", message.enqueuedAt())
                .put("type", message.origin())
                .put("state", message.state())
                .put("state_priority", priority(message.state()))
                .put("target_agent_id", message.targetAgentId())
                .put("summary", cut(message.state() + " → " + message.targetAgentId()));
    }

    private static int priority(String state) {
        return switch (state) {
            case "queued" -> 1;
            case "blocked" -> 2;
            case "failed" -> 3;
            case "delivered" -> 4;
            case "canceled" -> 5;
            default -> LAST_PRIORITY;
        };
    }

    private static void addRoute(ArrayNode rows, DashboardFigures.RecentRoute route) {
        rows.addObject()
                .put("id", route.id())
                .put("timestamp", route.createdAt())
                .put("type", "route")
                .put("enabled", route.enabled())
                .put("summary", cut("route " + route.id() + (route.enabled() ? " (enabled)" : " (disabled)")));
    }

    private static String cut(String summary) {
        return Text.cut(summary, MAX_SUMMARY);
    }
}

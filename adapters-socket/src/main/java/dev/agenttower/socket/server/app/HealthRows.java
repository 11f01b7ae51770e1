package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.health.Dashboard;
import dev.agenttower.core.health.Hint;
import dev.agenttower.core.health.Recommendation;
import dev.agenttower.core.health.SubsystemState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tower's health in the form for control panels. */
final class HealthRows {
    private HealthRows() {}

    static ArrayNode subsystems(List<SubsystemState> states) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (SubsystemState state : states) {
            nodes.addObject()
                    .put("name", state.subsystem().wire())
                    .put("status", state.status().wire())
                    .put("reason", state.reason())
                    .putNull("hint");
        }
        return nodes;
    }

    static ArrayNode hints(List<Hint> hints) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (Hint hint : hints) {
            nodes.addObject()
                    .put("code", hint.code().wire())
                    .put("severity", hint.code().severity().wire())
                    .put("message", hint.message());
        }
        return nodes;
    }

    static ObjectNode dashboard(Dashboard dashboard) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("counts", DashboardCounts.counts(dashboard.figures(), dashboard.recentSkips()));
        body.set("recent", RecentRows.recent(dashboard.figures()));
        body.set("hints", hints(dashboard.hints()));
        body.set("recommended_next_action", recommendation(dashboard.recommendation()));
        body.put("recommended_next_action_refreshed_at", dashboard.refreshedAt());
        return body;
    }

    private static @Nullable ObjectNode recommendation(@Nullable Recommendation recommendation) {
        if (recommendation == null) {
            return null;
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("code", recommendation.code().wire());
        node.put("title", recommendation.title());
        node.put("detail", recommendation.detail());
        if (recommendation.target() == null) {
            node.putNull("target");
        } else {
            node.putObject("target")
                    .put("kind", recommendation.target().kind())
                    .put("id", recommendation.target().id());
        }
        return node;
    }
}

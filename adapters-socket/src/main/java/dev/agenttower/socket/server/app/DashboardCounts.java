package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.health.DashboardFigures;
import java.util.List;

/** The counts of the dashboard. Every key is always present. */
final class DashboardCounts {
    private static final List<String> QUEUE_STATES = List.of("queued", "blocked", "failed", "delivered", "canceled");
    private static final long SKIP_WINDOW_MS = 300_000;

    private DashboardCounts() {}

    static ObjectNode counts(DashboardFigures figures, int recentSkips) {
        ObjectNode counts = object();
        counts.putObject("containers")
                .put("active", figures.containers().active())
                .put("inactive", figures.containers().inactive())
                .put("degraded_scan", 0);
        counts.set("panes", panes(figures.panes()));
        counts.set("agents", agents(figures));
        counts.set("log_attachments", logAttachments(figures));
        counts.putObject("events").put("total", figures.events());
        ObjectNode queue = counts.putObject("queue");
        QUEUE_STATES.forEach(state -> queue.put(state, figures.queueByState().getOrDefault(state, 0L)));
        counts.putObject("routes")
                .put("enabled", figures.routes().enabled())
                .put("disabled", figures.routes().disabled())
                .put("recently_skipped_count", recentSkips)
                .put("recently_skipped_window_ms", SKIP_WINDOW_MS);
        return counts;
    }

    private static ObjectNode panes(DashboardFigures.Panes panes) {
        ObjectNode node = object();
        node.put("total", panes.total());
        node.put("registered", panes.registered());
        node.put("unregistered", panes.unregistered());
        node.putObject("by_state")
                .put(
                        "discovered-and-unmanaged",
                        Math.max(panes.total() - panes.registeredActive() - panes.inactive(), 0))
                .put("discovered-and-registered", panes.registeredActive())
                .put("inactive-or-stale", panes.inactive())
                .put("discovery-degraded", 0);
        return node;
    }

    private static ObjectNode agents(DashboardFigures figures) {
        DashboardFigures.Agents agents = figures.agents();
        ObjectNode node = object();
        node.put("total", agents.total());
        ObjectNode byRole = node.putObject("by_role");
        for (Role role : Role.values()) {
            byRole.put(role.wire(), figures.agentsByRole().getOrDefault(role.wire(), 0L));
        }
        node.putObject("by_state")
                .put("active", agents.active())
                .put("inactive", Math.max(agents.total() - agents.active() - agents.partiallyConfigured(), 0))
                .put("partially_configured", agents.partiallyConfigured())
                .put("log-attached", agents.logAttached())
                .put("log-detached", Math.max(agents.total() - agents.logAttached(), 0));
        return node;
    }

    private static ObjectNode logAttachments(DashboardFigures figures) {
        long active = figures.logAttachments().active();
        long stale = figures.logAttachments().stale();
        return object().put("active", active)
                .put("degraded", stale)
                .put("none", Math.max(figures.agents().total() - active - stale, 0));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

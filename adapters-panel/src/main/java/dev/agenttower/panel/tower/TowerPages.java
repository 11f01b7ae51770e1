package dev.agenttower.panel.tower;

import dev.agenttower.client.Slice;
import dev.agenttower.client.inbox.InboxFollower;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.EventView;
import dev.agenttower.core.directory.QueueView;
import dev.agenttower.core.directory.RouteView;
import dev.agenttower.core.inbox.InboxItem;
import dev.agenttower.core.inbox.InboxItem.Kind;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.route.RouteRule;
import dev.agenttower.panel.page.Ages;
import dev.agenttower.panel.page.Pages;
import dev.agenttower.panel.page.Routes;
import dev.agenttower.panel.page.Shown;
import dev.agenttower.panel.page.Table;
import dev.agenttower.panel.page.Table.Cell;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The agents, and lists of prompts, routes and events, to be looked at. Thread-safe. */
public final class TowerPages implements Routes {
    private static final int PER_PAGE = 50;
    private static final List<String> AGENTS =
            List.of("Label", "Role", "Capability", "Project", "Pane", "Registered", "Log", "Agent");

    private final TowerSession tower;
    private final InboxFollower waiting;
    private final Pages pages;
    private final InstantSource clock;

    /** Pages over what the daemon lists. */
    public TowerPages(TowerSession tower, InboxFollower waiting, Pages pages, InstantSource clock) {
        this.tower = tower;
        this.waiting = waiting;
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/agents", this::agents);
        list(
                routes,
                "queue",
                "Queue",
                QueueView.LIST,
                List.of("Message", "State", "Why", "From", "To", "Text", "Sent"),
                message -> Table.row(
                        message.messageId(),
                        message.state(),
                        message.blockReason() == null ? message.failureReason() : message.blockReason(),
                        message.senderAgentId(),
                        message.targetAgentId(),
                        message.payloadPreview(),
                        message.enqueuedAt()));
        list(
                routes,
                "routes",
                "Routes",
                RouteView.LIST,
                List.of("Route", "Enabled", "Event", "From", "To", "Template", "Created"),
                route -> Table.row(
                        route.routeId(),
                        route.enabled() ? "enabled" : "disabled",
                        route.eventType(),
                        rule(route.source()),
                        rule(route.target()),
                        route.template(),
                        route.createdAt()));
        list(
                routes,
                "events",
                "Events",
                EventView.LIST,
                List.of("Time", "Type", "Agent", "Text"),
                event -> Table.row(event.observedAt(), event.eventType(), event.agentId(), event.excerpt()));
    }

    private void agents(Context context) {
        Table needed = Table.of(
                "Agents that need you",
                List.of("Agent", "State", "For", "What"),
                waiting.items(Kind.AGENT).stream().map(this::needed));
        Table all = table(context, "agents", "All agents", AgentView.LIST, AGENTS, TowerPages::agent);
        pages.tables(context, "Agents", "agents", List.of(), List.of(needed, all));
    }

    private List<Cell> needed(InboxItem item) {
        @Nullable String since = item.since();
        return Table.row(
                item.title(), item.state(), since == null ? "" : Ages.since(since, clock.instant()), item.detail());
    }

    private static List<Cell> agent(AgentView agent) {
        return Table.row(
                agent.label(),
                agent.role(),
                agent.capability(),
                agent.projectPath(),
                agent.paneId() + (agent.paneActive() ? "" : " (ended)"),
                agent.registeredAt(),
                agent.logAttached() ? "recorded" : "",
                agent.agentId());
    }

    private static String rule(RouteRule rule) {
        return rule.value() == null ? rule.kind() : rule.kind() + " " + rule.value();
    }

    private <R> void list(
            JavalinDefaultRoutingApi routes,
            String section,
            String title,
            ListDefinition<R> list,
            List<String> columns,
            Function<R, List<Cell>> row) {
        routes.get("/" + section, context -> {
            Table table = table(context, section, title, list, columns, row);
            pages.tables(context, title, section, List.of(), List.of(table));
        });
    }

    private <R> Table table(
            Context context,
            String section,
            String caption,
            ListDefinition<R> list,
            List<String> columns,
            Function<R, List<Cell>> row) {
        @Nullable String cursor = context.queryParam("cursor");
        Slice<R> slice = tower.call(session -> session.page(list, null, PER_PAGE, cursor));
        @Nullable String next = slice.next();
        return new Table(
                caption + " (" + slice.total() + ")",
                columns,
                slice.rows().stream().map(row).toList(),
                cursor == null ? null : "/" + section,
                next == null ? null : "/" + section + "?cursor=" + Shown.segment(next));
    }
}

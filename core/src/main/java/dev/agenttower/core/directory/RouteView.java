package dev.agenttower.core.directory;

import dev.agenttower.core.page.Cells;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.route.Route;
import dev.agenttower.core.route.RouteRule;

/**
 * A route as shown in a control panel. Its three rules are objects on the wire.
 *
 * @param cursor the id of the last event that it is done with
 */
public record RouteView(
        String routeId,
        boolean enabled,
        String eventType,
        RouteRule source,
        RouteRule target,
        RouteRule master,
        String template,
        long cursor,
        String createdAt,
        String updatedAt) {
    /** The list of routes. */
    public static final ListDefinition<RouteView> LIST = ListDefinition.of("app.route.list", RouteView::read)
            .text("route_id", RouteView::routeId)
            .flag("enabled", RouteView::enabled)
            .text("event_type", RouteView::eventType)
            .text("source_scope.kind", view -> view.source.kind())
            .text("source_scope.value", view -> view.source.value())
            .text("target.rule", view -> view.target.kind())
            .text("target.value", view -> view.target.value())
            .text("master.rule", view -> view.master.kind())
            .text("master.value", view -> view.master.value())
            .text("template", RouteView::template)
            .number("last_consumed_event_id", RouteView::cursor)
            .text("created_at", RouteView::createdAt)
            .text("updated_at", RouteView::updatedAt)
            .filter("enabled")
            .order("default", "created_at", "route_id")
            .order("created_at", "created_at", "route_id")
            .order("updated_at", "updated_at", "route_id")
            .withoutOperators()
            .build();

    /** The view of a route. */
    public static RouteView of(Route route) {
        return new RouteView(
                route.id(),
                route.enabled(),
                route.definition().eventType(),
                route.definition().source(),
                route.definition().target(),
                route.definition().master(),
                route.definition().template(),
                route.cursor(),
                route.createdAt(),
                route.updatedAt());
    }

    private static RouteView read(Cells row) {
        return new RouteView(
                row.text("route_id"),
                row.flag("enabled"),
                row.text("event_type"),
                new RouteRule(row.text("source_scope.kind"), row.textOrNull("source_scope.value")),
                new RouteRule(row.text("target.rule"), row.textOrNull("target.value")),
                new RouteRule(row.text("master.rule"), row.textOrNull("master.value")),
                row.text("template"),
                row.number("last_consumed_event_id"),
                row.text("created_at"),
                row.text("updated_at"));
    }
}

package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.core.route.Route;
import dev.agenttower.core.route.RouteActivity;
import dev.agenttower.core.route.RouteDefinition;
import dev.agenttower.core.route.RouteRule;
import dev.agenttower.core.route.Routes;
import dev.agenttower.core.time.Timestamps;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.wire.JsonText;
import dev.agenttower.unix.connection.Lane;
import java.time.InstantSource;
import java.util.List;

/** Routes of events. Every caller may use them; all changes count as those of the operator. Unknown parameters are ignored. */
public final class RouteMethods {
    private final Routes routes;
    private final InstantSource clock;

    /** The methods of these routes. */
    public RouteMethods(Routes routes, InstantSource clock) {
        this.routes = routes;
        this.clock = clock;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.legacy("routes.add", Lane.PATIENT, this::add),
                Method.legacy("routes.list", Lane.QUICK, this::list),
                Method.legacy("routes.show", Lane.QUICK, this::show),
                Method.legacy("routes.remove", Lane.PATIENT, this::remove),
                Method.legacy("routes.enable", Lane.PATIENT, call -> set(call, true)),
                Method.legacy("routes.disable", Lane.PATIENT, call -> set(call, false)));
    }

    private Result add(Call call) {
        ObjectNode params = call.params();
        RouteDefinition definition = new RouteDefinition(
                text(params, "event_type", ""),
                rule(params, "source_scope_kind", "any", "source_scope_value"),
                rule(params, "target_rule", "", "target_value"),
                rule(params, "master_rule", "auto", "master_value"),
                text(params, "template", ""));
        return Result.of(route(routes.add(definition, Actor.HOST_OPERATOR)));
    }

    private static RouteRule rule(ObjectNode params, String kind, String byDefault, String value) {
        return new RouteRule(text(params, kind, byDefault), params.hasNonNull(value) ? text(params, value, "") : null);
    }

    /** A text; empty, which breaks the rule of the definition, if another type was given. */
    private static String text(ObjectNode params, String name, String byDefault) {
        JsonNode value = params.path(name);
        return value.isNull() || value.isMissingNode() ? byDefault : value.isTextual() ? value.textValue() : "";
    }

    private Result list(Call call) {
        JsonNode enabledOnly = call.params().path("enabled_only");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode all = body.putArray("routes");
        routes.list(JsonText.isTruthy(enabledOnly)).forEach(route -> all.add(route(route)));
        return Result.of(body);
    }

    private Result show(Call call) {
        String id = id(call);
        Route found = routes.find(id).orElseThrow(() -> Routes.unknown(id));
        RouteActivity.OfRoute activity = routes.activity().of(id);
        ObjectNode body = route(found);
        body.putObject("runtime")
                .put("last_routing_cycle_at", routes.activity().totals().lastCycleAt())
                .put("events_consumed", activity.consumed())
                .put("last_skip_reason", activity.lastSkip())
                .put("last_skip_at", activity.lastSkipAt());
        return Result.of(body);
    }

    private Result remove(Call call) {
        return done(routes.remove(id(call), Actor.HOST_OPERATOR), "removed");
    }

    private Result set(Call call, boolean enabled) {
        return done(routes.setEnabled(id(call), enabled, Actor.HOST_OPERATOR), enabled ? "enabled" : "disabled");
    }

    private Result done(Route route, String operation) {
        return Result.of(JsonNodeFactory.instance
                .objectNode()
                .put("route_id", route.id())
                .put("operation", operation)
                .put("at", Timestamps.millis(clock.instant())));
    }

    private static String id(Call call) {
        return text(call.params(), "route_id", "");
    }

    private static ObjectNode route(Route route) {
        RouteDefinition definition = route.definition();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("route_id", route.id()).put("event_type", definition.eventType());
        node.putObject("source_scope")
                .put("kind", definition.source().kind())
                .put("value", definition.source().value());
        return node.put("target_rule", definition.target().kind())
                .put("target_value", definition.target().value())
                .put("master_rule", definition.master().kind())
                .put("master_value", definition.master().value())
                .put("template", definition.template())
                .put("enabled", route.enabled())
                .put("last_consumed_event_id", route.cursor())
                .put("created_at", route.createdAt())
                .put("updated_at", route.updatedAt())
                .put("created_by_agent_id", route.createdBy());
    }
}

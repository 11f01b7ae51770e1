package dev.agenttower.socket.server.app;

import static dev.agenttower.core.failure.RefusedException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.directory.RouteView;
import dev.agenttower.core.route.Route;
import dev.agenttower.core.route.RouteDefinition;
import dev.agenttower.core.route.RouteRule;
import dev.agenttower.core.route.Routes;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.unix.connection.Lane;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Adding, removing, enabling and disabling routes, by a person at a control panel. */
public final class AppRouteMethods {
    private static final String MISSING = "missing or wrong type";
    private static final Set<String> OF_UPDATE = Set.of("route_id", "enabled", "app_session_token");

    private final Routes routes;
    private final AppAudit audit;

    /** The methods of these routes. */
    public AppRouteMethods(Routes routes, AppAudit audit) {
        this.routes = routes;
        this.audit = audit;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.app("app.route.add", Lane.PATIENT, this::add),
                Method.app("app.route.remove", Lane.PATIENT, this::remove),
                Method.app("app.route.update", Lane.PATIENT, this::update));
    }

    private Result add(Call call) {
        AppParams params = new AppParams(call.params());
        String eventType = params.requiredText("event_type");
        JsonNode template = params.get("template");
        if (template == null || !template.isTextual()) {
            throw invalid("template", MISSING);
        }
        ObjectNode source = object(params, "source_scope");
        ObjectNode target = object(params, "target");
        ObjectNode master = object(params, "master");
        Route added = routes.add(
                new RouteDefinition(
                        eventType,
                        rule("source_scope", source, "kind", "any"),
                        rule("target", target, "rule", ""),
                        rule("master", master, "rule", "auto"),
                        template.textValue()),
                null);
        audit.routeChanged(call.session(), added.id(), "route_created", "app.route.add");
        return row(added);
    }

    private static ObjectNode object(AppParams params, String field) {
        JsonNode value = params.get(field);
        if (value == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!(value instanceof ObjectNode object)) {
            throw invalid(field, "wrong type");
        }
        return object;
    }

    private static RouteRule rule(String field, ObjectNode object, String kindName, String byDefault) {
        @Nullable String kind = text(field, object, kindName);
        return new RouteRule(kind == null ? byDefault : kind, text(field, object, "value"));
    }

    private static @Nullable String text(String field, ObjectNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
            throw invalid(field, "wrong type");
        }
        return value.textValue();
    }

    private Result remove(Call call) {
        Route removed = routes.remove(new AppParams(call.params()).requiredText("route_id"), null);
        audit.routeChanged(call.session(), removed.id(), "route_deleted", "app.route.remove");
        return row(removed);
    }

    private Result update(Call call) {
        AppParams params = new AppParams(call.params());
        String id = params.requiredText("route_id");
        JsonNode enabled = params.get("enabled");
        if (enabled == null || !enabled.isBoolean()) {
            throw invalid("enabled", MISSING);
        }
        TreeSet<String> others = new TreeSet<>();
        call.params().fieldNames().forEachRemaining(others::add);
        others.removeAll(OF_UPDATE);
        if (!others.isEmpty()) {
            throw invalid(others.first(), "field not accepted");
        }
        Route updated = routes.setEnabled(id, enabled.booleanValue(), null);
        audit.routeSwitched(call.session(), updated, "app.route.update");
        return row(updated);
    }

    private static Result row(Route route) {
        return AppDirectoryMethods.row(ListMethod.row(RouteView.LIST, RouteView.of(route)));
    }
}

package dev.agenttower.cli.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.JsonText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower route list}. */
@Command(name = "list", description = "list the routes, the oldest first", footer = "  agenttower route list")
final class RouteListCommand implements Callable<Integer> {
    private static final int TYPE_WIDTH = 24;

    @Option(names = "--enabled-only", description = "leave disabled routes out")
    private boolean isEnabledOnly;

    @Mixin
    private RouteCall call;

    @Override
    public Integer call() {
        return call.run(
                "list",
                JsonText.object().put("enabled_only", isEnabledOnly),
                result -> result.path("routes"),
                result -> text(result.path("routes")));
    }

    private static String text(JsonNode routes) {
        StringBuilder text = new StringBuilder(256);
        int enabled = 0;
        for (JsonNode route : routes) {
            boolean isOn = route.path("enabled").asBoolean();
            enabled += isOn ? 1 : 0;
            String type = RouteCall.field(route, "event_type");
            text.append("  ")
                    .append(isOn ? "ON " : "OFF")
                    .append(' ')
                    .append(RouteCall.field(route, "route_id"))
                    .append(' ')
                    .append(type)
                    .append(" ".repeat(Math.max(0, TYPE_WIDTH - type.length())))
                    .append(" → ")
                    .append(RouteCall.field(route, "target_rule"))
                    .append('=')
                    .append(route.path("target_value").isNull() ? "-" : RouteCall.field(route, "target_value"))
                    .append('\n');
        }
        return "listed " + routes.size() + " routes (" + enabled + " enabled, " + (routes.size() - enabled)
                + " disabled)\n" + text;
    }
}

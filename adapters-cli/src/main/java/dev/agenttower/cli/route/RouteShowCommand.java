package dev.agenttower.cli.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.JsonText;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agenttower route show}. */
@Command(
        name = "show",
        description = "show what a route has done since the start of the daemon",
        footer = "  agenttower route show --json 0b7cbd2a-3b52-4d0f-9b0e-6a4d1f1a2c3d")
final class RouteShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ROUTE_ID", description = "the id of the route")
    private String routeId;

    @Mixin
    private RouteCall call;

    @Override
    public Integer call() {
        return call.run(
                "show", JsonText.object().put("route_id", routeId), Function.identity(), RouteShowCommand::text);
    }

    private static String text(JsonNode route) {
        JsonNode runtime = route.path("runtime");
        String skip = runtime.path("last_skip_reason").isNull() ? "None" : RouteCall.field(runtime, "last_skip_reason");
        return "showed route " + RouteCall.field(route, "route_id") + " (events_consumed="
                + RouteCall.field(runtime, "events_consumed") + " last_skip_reason=" + skip + ")\n";
    }
}

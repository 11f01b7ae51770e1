package dev.agenttower.cli.route;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agenttower route enable}. */
@Command(
        name = "enable",
        description = "enable a route; events that it missed are routed now",
        footer = "  agenttower route enable 0b7cbd2a-3b52-4d0f-9b0e-6a4d1f1a2c3d")
final class RouteEnableCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ROUTE_ID", description = "the id of the route")
    private String routeId;

    @Mixin
    private RouteCall call;

    @Override
    public Integer call() {
        return call.change(routeId, "enable", "enabled");
    }
}

package dev.agenttower.cli.queue;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower routing status}. */
@Command(name = "status", description = "show whether prompts are delivered", footer = "  agenttower routing status")
final class RoutingStatusCommand implements Callable<Integer> {
    @Mixin
    private RoutingCall routing;

    @Override
    public Integer call() {
        return routing.send("status");
    }
}

package dev.agenttower.cli.queue;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower routing disable}. */
@Command(name = "disable", description = "deliver no more prompts", footer = "  agenttower routing disable")
final class RoutingDisableCommand implements Callable<Integer> {
    @Mixin
    private RoutingCall routing;

    @Override
    public Integer call() {
        return routing.send("disable");
    }
}

package dev.agenttower.cli.queue;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower routing enable}. */
@Command(name = "enable", description = "deliver prompts again", footer = "  agenttower routing enable")
final class RoutingEnableCommand implements Callable<Integer> {
    @Mixin
    private RoutingCall routing;

    @Override
    public Integer call() {
        return routing.send("enable");
    }
}

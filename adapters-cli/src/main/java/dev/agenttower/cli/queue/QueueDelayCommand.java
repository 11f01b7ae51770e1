package dev.agenttower.cli.queue;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower queue delay}. */
@Command(
        name = "delay",
        description = "block a queued message until it is approved",
        footer = "  agenttower queue delay 0b7cbd2a-3b52-4d0f-9b0e-6a4d1f1a2c3d")
final class QueueDelayCommand implements Callable<Integer> {
    @Mixin
    private MessageDecision decision;

    @Override
    public Integer call() {
        return decision.send("delay", "delayed");
    }
}

package dev.agenttower.cli.queue;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower queue cancel}. */
@Command(
        name = "cancel",
        description = "give up a message that is not delivered",
        footer = "  agenttower queue cancel 0b7cbd2a-3b52-4d0f-9b0e-6a4d1f1a2c3d")
final class QueueCancelCommand implements Callable<Integer> {
    @Mixin
    private MessageDecision decision;

    @Override
    public Integer call() {
        return decision.send("cancel", "canceled");
    }
}

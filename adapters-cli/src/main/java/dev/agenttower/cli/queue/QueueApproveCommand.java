package dev.agenttower.cli.queue;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower queue approve}. */
@Command(
        name = "approve",
        description = "queue a blocked message again",
        footer = "  agenttower queue approve 0b7cbd2a-3b52-4d0f-9b0e-6a4d1f1a2c3d")
final class QueueApproveCommand implements Callable<Integer> {
    @Mixin
    private MessageDecision decision;

    @Override
    public Integer call() {
        return decision.send("approve", "approved");
    }
}

package dev.agenttower.daemon.world;

import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.queue.PromptDelivery;
import dev.agenttower.core.text.Text;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The health of the delivery of prompts: degraded while the database prevents deliveries, and if it stopped. */
public final class DeliveryProbe implements SubsystemProbe {
    private static final int MAX_REASON = 256;

    private final Supplier<@Nullable PromptDelivery> delivery;
    private volatile boolean wasRunning;

    /** A probe of a delivery, which is null while the tower is being built. */
    public DeliveryProbe(Supplier<@Nullable PromptDelivery> delivery) {
        this.delivery = delivery;
    }

    @Override
    public SubsystemState probe() {
        PromptDelivery known = delivery.get();
        if (known == null) {
            return SubsystemState.ok(Subsystem.ROUTING_WORKER);
        }
        if (!known.isRunning()) {
            return wasRunning
                    ? SubsystemState.degraded(Subsystem.ROUTING_WORKER, "prompts are not delivered any more")
                    : SubsystemState.degraded(Subsystem.ROUTING_WORKER, "prompts are not delivered yet");
        }
        wasRunning = true;
        String trouble = known.trouble();
        return trouble == null
                ? SubsystemState.ok(Subsystem.ROUTING_WORKER)
                : SubsystemState.degraded(
                        Subsystem.ROUTING_WORKER, Text.singleLine("prompts wait: " + trouble, MAX_REASON));
    }
}

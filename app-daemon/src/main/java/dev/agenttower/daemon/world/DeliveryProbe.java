package dev.agenttower.daemon.world;

import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.queue.PromptDelivery;
import dev.agenttower.core.text.Text;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The health of the delivery of prompts and of routes: degraded while the database prevents either, and if the delivery stopped. */
public final class DeliveryProbe implements SubsystemProbe {
    private static final int MAX_REASON = 256;

    private final Supplier<@Nullable PromptDelivery> delivery;
    private final Supplier<@Nullable String> routingTrouble;
    private volatile boolean wasRunning;

    /**
     * A probe of a delivery, which is null while the tower is being built.
     *
     * @param routingTrouble why routes wait, or null
     */
    public DeliveryProbe(Supplier<@Nullable PromptDelivery> delivery, Supplier<@Nullable String> routingTrouble) {
        this.delivery = delivery;
        this.routingTrouble = routingTrouble;
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
        if (trouble != null) {
            return waiting("prompts wait: " + trouble);
        }
        String ofRoutes = routingTrouble.get();
        return ofRoutes == null ? SubsystemState.ok(Subsystem.ROUTING_WORKER) : waiting("routes wait: " + ofRoutes);
    }

    private static SubsystemState waiting(String reason) {
        return SubsystemState.degraded(Subsystem.ROUTING_WORKER, Text.singleLine(reason, MAX_REASON));
    }
}

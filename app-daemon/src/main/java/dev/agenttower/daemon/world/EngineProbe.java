package dev.agenttower.daemon.world;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The health of the container engine: from the watch if there is one, else from the last scan. A missing engine is healthy if all panes are
 * on the host.
 */
public final class EngineProbe implements SubsystemProbe {
    private final WatchedRuntime runtime;
    private final Supplier<@Nullable String> watchTrouble;
    private final BooleanSupplier isDispensable;

    /**
     * A probe.
     *
     * @param watchTrouble why the watch lost the engine; null while it is connected, or without a watch
     * @param isDispensable whether a missing engine does no harm
     */
    public EngineProbe(WatchedRuntime runtime, Supplier<@Nullable String> watchTrouble, BooleanSupplier isDispensable) {
        this.runtime = runtime;
        this.watchTrouble = watchTrouble;
        this.isDispensable = isDispensable;
    }

    @Override
    public SubsystemState probe() {
        @Nullable String lost = watchTrouble.get();
        @Nullable ContainerEngineException failure = runtime.trouble();
        if ((lost == null && failure == null) || isDispensable.getAsBoolean()) {
            return SubsystemState.ok(Subsystem.DOCKER);
        }
        if (lost != null) {
            return SubsystemState.unavailable(Subsystem.DOCKER, lost);
        }
        String reason = String.valueOf(failure == null ? null : failure.getMessage());
        boolean isGone = failure != null && failure.code() == ErrorCode.DOCKER_UNAVAILABLE;
        return isGone
                ? SubsystemState.unavailable(Subsystem.DOCKER, reason)
                : SubsystemState.degraded(Subsystem.DOCKER, reason);
    }
}

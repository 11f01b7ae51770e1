package dev.agenttower.daemon.world;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.health.WaitingWork;
import dev.agenttower.daemon.lifecycle.Failures;
import java.util.List;
import java.util.function.LongSupplier;

/** A probe that reports stored work which this daemon does not process. */
public final class WaitingWorkProbes {
    private WaitingWorkProbes() {}

    /** A probe for log attachments. */
    public static List<SubsystemProbe> of(WaitingWork work) {
        return List.of(() -> state(
                Subsystem.LOG_ATTACHMENT_WORKERS,
                work::activeLogAttachments,
                " log attachments are active, and this daemon reads none"));
    }

    private static SubsystemState state(Subsystem subsystem, LongSupplier count, String trouble) {
        try {
            long waiting = count.getAsLong();
            return waiting == 0 ? SubsystemState.ok(subsystem) : SubsystemState.degraded(subsystem, waiting + trouble);
        } catch (StorageException e) {
            return SubsystemState.degraded(subsystem, "the database cannot be read: " + Failures.reason(e));
        }
    }
}

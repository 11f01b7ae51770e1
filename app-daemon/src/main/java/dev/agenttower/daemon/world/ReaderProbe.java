package dev.agenttower.daemon.world;

import dev.agenttower.core.event.ReaderStatus;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import java.util.function.Supplier;

/** Checks whether the attached logs are read. Thread-safe. */
public final class ReaderProbe implements SubsystemProbe {
    private final Supplier<ReaderStatus> reader;

    /** Asks this reader. */
    public ReaderProbe(Supplier<ReaderStatus> reader) {
        this.reader = reader;
    }

    @Override
    public SubsystemState probe() {
        ReaderStatus status = reader.get();
        if (!status.isRunning()) {
            return SubsystemState.unavailable(Subsystem.LOG_ATTACHMENT_WORKERS, "the reader of logs does not run");
        }
        if (status.database() != null) {
            return degraded("events of " + status.database().logs().size() + " logs cannot be stored");
        }
        long failing =
                status.failing().stream().filter(log -> !log.lacksOffset()).count();
        if (failing > 0) {
            return degraded(failing + " of " + status.activeLogs() + " logs cannot be read");
        }
        return SubsystemState.ok(Subsystem.LOG_ATTACHMENT_WORKERS);
    }

    private static SubsystemState degraded(String reason) {
        return SubsystemState.degraded(Subsystem.LOG_ATTACHMENT_WORKERS, reason);
    }
}

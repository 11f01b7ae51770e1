package dev.agenttower.daemon.world;

import dev.agenttower.core.event.ReaderStatus;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.log.RecordingRepair;
import java.util.List;
import java.util.function.Supplier;

/** Checks whether the attached logs are written and read. Thread-safe. */
public final class ReaderProbe implements SubsystemProbe {
    private final Supplier<ReaderStatus> reader;
    private final Supplier<List<RecordingRepair.Stopped>> stopped;

    /**
     * Asks this reader.
     *
     * @param stopped the logs to which nothing is written although they are attached
     */
    public ReaderProbe(Supplier<ReaderStatus> reader, Supplier<List<RecordingRepair.Stopped>> stopped) {
        this.reader = reader;
        this.stopped = stopped;
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
        List<RecordingRepair.Stopped> ended = stopped.get();
        if (!ended.isEmpty()) {
            RecordingRepair.Stopped first = ended.get(0);
            return degraded(ended.size() + " of " + status.activeLogs() + " logs are not recorded; agent "
                    + first.agent() + ": " + first.reason());
        }
        return SubsystemState.ok(Subsystem.LOG_ATTACHMENT_WORKERS);
    }

    private static SubsystemState degraded(String reason) {
        return SubsystemState.degraded(Subsystem.LOG_ATTACHMENT_WORKERS, reason);
    }
}

package dev.agenttower.core.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the reader. Times are text, UTC with six digits of fraction.
 *
 * @param isRunning whether its thread lives
 * @param lastCycleStartedAt null before the first cycle
 * @param lastCycleMillis how long it took; null likewise
 * @param activeLogs the logs that are read
 * @param failing the logs that could not be read at the last attempt
 * @param database null unless events could not be stored
 * @param trail null unless events could not be appended to the audit trail
 */
public record ReaderStatus(
        boolean isRunning,
        @Nullable String lastCycleStartedAt,
        @Nullable Long lastCycleMillis,
        long activeLogs,
        List<Failing> failing,
        @Nullable Unstored database,
        @Nullable Unappended trail) {
    /** A reader that does not run. */
    public static final ReaderStatus IDLE = new ReaderStatus(false, null, null, 0, List.of(), null, null);

    /** Copies the list. */
    public ReaderStatus {
        failing = List.copyOf(failing);
    }

    ReaderStatus running(boolean running) {
        return new ReaderStatus(running, lastCycleStartedAt, lastCycleMillis, activeLogs, failing, database, trail);
    }

    /** A log that cannot be read, and since when. */
    public record Failing(String attachmentId, String agentId, String errorClass, String since) {
        static final String NO_OFFSET = "missing_offset_row";

        /** Whether the attachment is only half stored, which is not the fault of the reader. */
        public boolean lacksOffset() {
            return errorClass.equals(NO_OFFSET);
        }
    }

    /** Events that the database did not take; they are found again when it does. */
    public record Unstored(String since, List<Buffered> logs) {
        /** Copies the list. */
        public Unstored {
            logs = List.copyOf(logs);
        }
    }

    /** Events of one log that the database did not take. */
    public record Buffered(String attachmentId, String agentId, long count, String errorClass) {}

    /** Events that wait for the audit trail. */
    public record Unappended(String since, long count, String errorClass) {}
}

package dev.agenttower.core.scan;

import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.pane.PaneScan;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A scan that a control panel asked for.
 *
 * @param scanId 32 lower-case hex digits, other than the id of the discovery's own scan
 * @param startedAtMillis milliseconds since the epoch
 * @param completedAtMillis likewise; null while the scan runs
 * @param result null while the scan runs
 */
public record ScanRecord(
        String scanId,
        ScanKind kind,
        State state,
        long startedAtMillis,
        @Nullable Long completedAtMillis,
        @Nullable Result result) {

    /** Where a scan stands. */
    public enum State {
        /** It runs. */
        RUNNING,
        /** It ended with a result, possibly degraded. */
        COMPLETED,
        /** It could not be made. */
        FAILED;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What came out of a scan. */
    public sealed interface Result {
        /** A container scan. */
        record Containers(ContainerScan scan) implements Result {}

        /** A pane scan. */
        record Panes(PaneScan scan) implements Result {}

        /** A failure, by the name of its class. */
        record Failure(String error) implements Result {}
    }
}

package dev.agenttower.core.scan;

import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.pane.PaneScan;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A scan requested by a control panel.
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

    /** The state of a scan. */
    public enum State {
        /** Running. */
        RUNNING,
        /** It ended with a result, possibly degraded. */
        COMPLETED,
        /** It failed. */
        FAILED;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The result of a scan. */
    public sealed interface Result {
        /** A container scan. */
        record Containers(ContainerScan scan) implements Result {}

        /** A pane scan. */
        record Panes(PaneScan scan) implements Result {}

        /** A failure, by the name of its class. */
        record Failure(String error) implements Result {}
    }
}

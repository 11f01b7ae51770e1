package dev.agenttower.core.pane;

import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a pane scan.
 *
 * @param scanId a random UUID
 * @param startedAt UTC with six digits of fraction
 * @param completedAt likewise
 * @param containersScanned active containers that were queried
 * @param socketsScanned tmux servers that were queried
 * @param panesSeen panes that were written
 * @param panesNewlyActive those of them that were unknown or inactive before
 * @param panesReconciledInactive panes that this scan made inactive
 * @param containersSkippedInactive inactive containers that have panes
 * @param containersTmuxUnavailable active containers without an answering tmux server
 * @param errorCode the code of the first problem or of the failure; null when all is well
 * @param errorMessage its message; null when all is well
 * @param problems the failures, in the order of container ids; empty when all is well and when the whole scan failed
 */
public record PaneScan(
        String scanId,
        String startedAt,
        String completedAt,
        int containersScanned,
        int socketsScanned,
        int panesSeen,
        int panesNewlyActive,
        int panesReconciledInactive,
        int containersSkippedInactive,
        int containersTmuxUnavailable,
        @Nullable ErrorCode errorCode,
        @Nullable String errorMessage,
        List<ScanProblem> problems) {
    /** Copies the problems. */
    public PaneScan {
        problems = List.copyOf(problems);
    }

    /** Whether there was a failure or a truncation. */
    public boolean degraded() {
        return errorCode != null;
    }
}

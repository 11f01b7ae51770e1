package dev.agenttower.core.container;

import dev.agenttower.core.failure.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a container scan.
 *
 * @param scanId a random UUID
 * @param startedAt UTC with six digits of fraction
 * @param completedAt likewise
 * @param matchedCount containers with a name that matches the rule, each once, and the host while it is a bench
 * @param inactiveReconciledCount containers that this scan made inactive
 * @param ignoredCount containers without a matching name
 * @param errorCode the code of the first problem or of the failure; null when all is well
 * @param errorMessage its message; null when all is well
 * @param problems the failures, one for each container; empty when all is well and when the whole scan failed
 */
public record ContainerScan(
        String scanId,
        String startedAt,
        String completedAt,
        int matchedCount,
        int inactiveReconciledCount,
        int ignoredCount,
        @Nullable ErrorCode errorCode,
        @Nullable String errorMessage,
        List<ScanProblem> problems) {
    /** Copies the problems. */
    public ContainerScan {
        problems = List.copyOf(problems);
    }

    /** Whether anything failed. */
    public boolean degraded() {
        return errorCode != null;
    }
}

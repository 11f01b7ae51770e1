package dev.agenttower.core.bench;

import dev.agenttower.core.failure.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a scan is degraded: one failure of one container or of one tmux socket in it.
 *
 * @param socketPath the tmux socket, where only that failed; else null
 * @param truncations the fields that had to be cut; mostly empty
 */
public record ScanProblem(
        ContainerId container,
        ErrorCode code,
        String message,
        @Nullable String socketPath,
        List<PaneTruncation> truncations) {
    /** Copies the truncations. */
    public ScanProblem {
        truncations = List.copyOf(truncations);
    }

    /** A failure of a whole container. */
    public ScanProblem(ContainerId container, ErrorCode code, String message) {
        this(container, code, message, null, List.of());
    }
}

package dev.agenttower.core.container;

import dev.agenttower.core.failure.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reason why a scan is degraded: a failure of one container or of one tmux socket in it.
 *
 * @param socketPath the tmux socket, where only that failed; else null
 * @param truncations the truncated fields; mostly empty
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

    /** The fields of this problem in an audit record, in order; socket and truncations only where there are any. */
    public Map<String, @Nullable Object> auditFields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("container_id", container.value());
        fields.put("error_code", code.wire());
        fields.put("error_message", message);
        if (socketPath != null) {
            fields.put("tmux_socket_path", socketPath);
        }
        if (!truncations.isEmpty()) {
            fields.put(
                    "pane_truncations",
                    truncations.stream().map(PaneTruncation::auditFields).toList());
        }
        return fields;
    }
}

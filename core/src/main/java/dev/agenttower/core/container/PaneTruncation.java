package dev.agenttower.core.container;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A field of a pane that was longer than its limit.
 *
 * @param paneId the tmux id of the pane, as printed
 * @param field the column, such as {@code pane_title}
 * @param originalLength code points after cleaning, before the cut
 */
public record PaneTruncation(
        ContainerId container, String socketPath, String paneId, String field, int originalLength) {
    /** The fields of this note in an audit record, in order. */
    Map<String, Object> auditFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("tmux_pane_id", paneId);
        fields.put("tmux_socket_path", socketPath);
        fields.put("container_id", container.value());
        fields.put("field", field);
        fields.put("original_len", originalLength);
        return fields;
    }
}

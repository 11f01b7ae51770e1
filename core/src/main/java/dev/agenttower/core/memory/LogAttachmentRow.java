package dev.agenttower.core.memory;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * A log attachment as stored in a table.
 *
 * @param logPath the file on the host
 * @param status {@code active}, {@code superseded}, {@code stale} or {@code detached}
 * @param source {@code explicit} or {@code register_self}
 * @param priorPipeTarget the previous pipe target of the pane, or null
 */
public record LogAttachmentRow(
        String attachmentId,
        String agentId,
        PaneKey pane,
        String logPath,
        String status,
        String source,
        @Nullable String priorPipeTarget,
        String attachedAt,
        String lastStatusAt) {
    boolean isActive() {
        return status.equals("active");
    }

    LogAttachmentRow at(PaneKey address) {
        return new LogAttachmentRow(
                attachmentId, agentId, address, logPath, status, source, priorPipeTarget, attachedAt, lastStatusAt);
    }

    LogAttachmentRow staleAt(String at) {
        return new LogAttachmentRow(
                attachmentId, agentId, pane, logPath, "stale", source, priorPipeTarget, attachedAt, at);
    }
}

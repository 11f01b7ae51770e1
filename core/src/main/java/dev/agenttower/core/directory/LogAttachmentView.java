package dev.agenttower.core.directory;

import dev.agenttower.core.page.Cells;
import dev.agenttower.core.page.ListDefinition;

/**
 * A log attachment as shown in a control panel.
 *
 * @param logPath the file on the host
 * @param status {@code active}, {@code superseded}, {@code stale} or {@code detached}
 * @param source {@code explicit} or {@code register_self}
 */
public record LogAttachmentView(
        String attachmentId,
        String agentId,
        String containerId,
        String logPath,
        String status,
        String source,
        String attachedAt,
        String lastStatusAt) {
    /** The list of log attachments. */
    public static final ListDefinition<LogAttachmentView> LIST = ListDefinition.of(
                    "app.log_attachment.list", LogAttachmentView::read)
            .text("attachment_id", LogAttachmentView::attachmentId)
            .text("agent_id", LogAttachmentView::agentId)
            .text("container_id", LogAttachmentView::containerId)
            .text("log_path", LogAttachmentView::logPath)
            .text("status", LogAttachmentView::status)
            .text("source", LogAttachmentView::source)
            .text("attached_at", LogAttachmentView::attachedAt)
            .text("last_status_at", LogAttachmentView::lastStatusAt)
            .filter("agent_id")
            .filter("status")
            .order("last_status_at", "last_status_at", "attachment_id")
            .order("attached_at", "attached_at", "attachment_id")
            .order("status", "status", "attachment_id")
            .descending()
            .withoutOperators()
            .build();

    private static LogAttachmentView read(Cells row) {
        return new LogAttachmentView(
                row.text("attachment_id"),
                row.text("agent_id"),
                row.text("container_id"),
                row.text("log_path"),
                row.text("status"),
                row.text("source"),
                row.text("attached_at"),
                row.text("last_status_at"));
    }
}

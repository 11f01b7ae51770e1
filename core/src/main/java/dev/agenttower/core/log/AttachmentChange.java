package dev.agenttower.core.log;

import dev.agenttower.core.audit.AuditRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a log attachment, for the audit trail.
 *
 * @param priorStatus the status of the attachment before, or of the one whose place it took; null if there was none
 * @param priorPath the file that was recorded before; null if there was none
 * @param source what asked for the change
 */
public record AttachmentChange(
        String attachmentId,
        String agentId,
        @Nullable AttachmentStatus priorStatus,
        AttachmentStatus newStatus,
        @Nullable String priorPath,
        String newPath,
        @Nullable String priorPipeTarget,
        String source) {
    /** An attachment that took the place of another one, or of none. */
    static AttachmentChange attached(@Nullable LogAttachment before, LogAttachment after) {
        return new AttachmentChange(
                after.id(),
                after.agent().value(),
                before == null ? null : before.status(),
                after.status(),
                before == null ? null : before.logPath(),
                after.logPath(),
                after.priorPipeTarget(),
                after.source().wire());
    }

    /** An active attachment that a request ended. */
    static AttachmentChange detached(LogAttachment ended) {
        return new AttachmentChange(
                ended.id(),
                ended.agent().value(),
                AttachmentStatus.ACTIVE,
                ended.status(),
                ended.logPath(),
                ended.logPath(),
                null,
                AttachmentSource.EXPLICIT.wire());
    }

    AuditRecord record(long peerUid) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("attachment_id", attachmentId);
        payload.put("agent_id", agentId);
        payload.put("prior_status", priorStatus == null ? null : priorStatus.wire());
        payload.put("new_status", newStatus.wire());
        payload.put("prior_path", priorPath);
        payload.put("new_path", newPath);
        payload.put("prior_pipe_target", priorPipeTarget);
        payload.put("source", source);
        payload.put("socket_peer_uid", peerUid);
        return AuditRecord.of("log_attachment_change", payload);
    }
}

package dev.agenttower.core.log;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records changes of log attachments on the audit trail. Thread-safe. */
public final class AttachmentAudit {
    private final AuditLog audit;
    private final LifecycleLog lifecycle;

    /** Writes to {@code audit}, and reports to {@code lifecycle} what could not be written. */
    public AttachmentAudit(AuditLog audit, LifecycleLog lifecycle) {
        this.audit = audit;
        this.lifecycle = lifecycle;
    }

    /**
     * Records a change before its commit.
     *
     * @throws RefusedException {@code INTERNAL_ERROR} if the trail cannot be written
     */
    void appendBeforeCommit(AttachmentChange change, long peerUid) {
        try {
            audit.append(change.record(peerUid));
        } catch (AuditUnavailableException e) {
            throw new RefusedException(
                    ErrorCode.INTERNAL_ERROR,
                    "the audit trail cannot be written, so no log is attached: " + e.getMessage());
        }
    }

    /** Records a committed change. A failure to write the trail is reported and does not undo the change. */
    public void append(String method, AttachmentChange change, long peerUid) {
        append(method, change.agentId(), change.attachmentId(), change.record(peerUid));
    }

    /**
     * Records that the recording of an attachment ended by itself, or began again.
     *
     * @param stopped why, and since when, it did not record
     */
    void append(RecordingRepair.Stopped stopped, boolean isResumed) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("attachment_id", stopped.attachmentId());
        payload.put("agent_id", stopped.agent().value());
        payload.put("log_path", stopped.logPath());
        payload.put("recording", isResumed ? "resumed" : "stopped");
        payload.put("stopped_at", stopped.since());
        payload.put("reason", isResumed ? null : stopped.reason());
        append(
                "recording_repair",
                stopped.agent().value(),
                stopped.attachmentId(),
                AuditRecord.of("log_recording_change", payload));
    }

    private void append(String method, String agentId, String attachmentId, AuditRecord record) {
        try {
            audit.append(record);
        } catch (AuditUnavailableException e) {
            lifecycle.report(
                    LifecycleEvent.AUDIT_APPEND_FAILED,
                    "method",
                    method,
                    "agent_id",
                    agentId,
                    "attachment_id",
                    attachmentId);
        }
    }
}

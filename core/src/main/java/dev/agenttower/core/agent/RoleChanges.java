package dev.agenttower.core.agent;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records committed changes of roles on the audit trail. A failure to write the trail is reported and does not undo the change. Thread-safe. */
final class RoleChanges {
    private final AuditLog audit;
    private final LifecycleLog lifecycle;

    RoleChanges(AuditLog audit, LifecycleLog lifecycle) {
        this.audit = audit;
        this.lifecycle = lifecycle;
    }

    void append(String method, RoleChange change, boolean confirmed, long peerUid) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("agent_id", change.id.value());
        payload.put("prior_role", change.prior == null ? null : change.prior.wire());
        payload.put("new_role", change.current.wire());
        payload.put("confirm_provided", confirmed);
        payload.put("socket_peer_uid", peerUid);
        try {
            audit.append(AuditRecord.of("agent_role_change", payload));
        } catch (AuditUnavailableException failure) {
            lifecycle.report(
                    LifecycleEvent.AUDIT_APPEND_FAILED,
                    "method",
                    method,
                    "agent_id",
                    change.id.value(),
                    "prior_role",
                    change.prior == null ? "null" : change.prior.wire(),
                    "new_role",
                    change.current.wire(),
                    "error",
                    failure.getClass().getSimpleName(),
                    "error_message",
                    failure.getMessage());
        }
    }

    /**
     * A change of a role.
     *
     * @param prior null for a new agent
     */
    record RoleChange(AgentId id, @Nullable Role prior, Role current) {}
}

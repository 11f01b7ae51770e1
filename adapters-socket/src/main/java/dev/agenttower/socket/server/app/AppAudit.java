package dev.agenttower.socket.server.app;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.queue.Sent;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.route.Route;
import dev.agenttower.core.session.AppSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audit records of changes by control panels. A change stands even if its record cannot be written; a warning is then logged, at most once
 * a minute. Thread-safe.
 */
public final class AppAudit {
    private static final Logger LOG = LoggerFactory.getLogger(AppAudit.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final AuditLog log;
    private final LongSupplier ticker;
    private final AtomicLong warnAgainAt;

    /** Writes to a log without other users, so that it may retry. */
    public AppAudit(AuditLog log, LongSupplier ticker) {
        this.log = log;
        this.ticker = ticker;
        this.warnAgainAt = new AtomicLong(ticker.getAsLong());
    }

    void registered(AppSession session, Agent agent) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("agent_id", agent.id().value());
        fields.put("container_id", agent.pane().container().value());
        fields.put("pane_id", agent.pane().paneId());
        fields.put("role", agent.role().wire());
        fields.put("via", "app.agent.register_from_pane");
        append(AuditRecord.ofApp("agent_registered", session.id(), fields));
    }

    void updated(AppSession session, AgentId agent, List<String> given) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("agent_id", agent.value());
        fields.put("via", "app.agent.update");
        fields.put("fields", given);
        append(AuditRecord.ofApp("agent_updated", session.id(), fields));
    }

    void logChanged(AppSession session, AgentId agent, AttachmentStatus status, String via) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("agent_id", agent.value());
        fields.put("new_status", status.wire());
        fields.put("via", via);
        append(AuditRecord.ofApp("log_attachment_changed", session.id(), fields));
    }

    void sent(AppSession session, Sent sent) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("message_id", sent.messageId());
        fields.put("target_agent_id", sent.targetId());
        fields.put("state", sent.state().wire());
        fields.put("via", "app.send_input");
        append(AuditRecord.ofApp("queue_message_enqueued", session.id(), fields));
    }

    void decided(AppSession session, QueuedMessage message, String eventType, String via) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("message_id", message.messageId());
        fields.put("state", message.state().wire());
        fields.put("via", via);
        append(AuditRecord.ofApp(eventType, session.id(), fields));
    }

    void routeChanged(AppSession session, String routeId, String eventType, String via) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("route_id", routeId);
        fields.put("via", via);
        append(AuditRecord.ofApp(eventType, session.id(), fields));
    }

    void routeSwitched(AppSession session, Route route, String via) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("route_id", route.id());
        fields.put("enabled", route.enabled());
        fields.put("via", via);
        append(AuditRecord.ofApp("route_updated", session.id(), fields));
    }

    private void append(AuditRecord record) {
        try {
            log.append(record);
        } catch (AuditUnavailableException e) {
            long now = ticker.getAsLong();
            long again = warnAgainAt.get();
            if (now - again >= 0 && warnAgainAt.compareAndSet(again, now + QUIET_NANOS)) {
                LOG.warn("an audit record of a control panel could not be written", e);
            }
        }
    }
}

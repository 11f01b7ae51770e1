package dev.agenttower.core.route;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of the audit trail on routes. Thread-safe. */
final class RouteAudit {
    private static final int EXCERPT = 240;

    private final AuditLog log;
    private final InstantSource clock;

    /** Appends to a log that writes later what it cannot write now. */
    RouteAudit(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    AuditRecord matched(Route route, Event event, Agent master, Agent target) {
        return record("route_matched", handled(route, event, master, target, null));
    }

    AuditRecord skipped(Route route, Event event, Outcome.Skipped skip) {
        Map<String, @Nullable Object> fields = handled(
                route, event, skip.master(), skip.target(), skip.reason().wire());
        Object excerpt = fields.remove("event_excerpt");
        fields.put("sub_reason", skip.detail());
        fields.put("event_excerpt", excerpt);
        return record("route_skipped", fields);
    }

    private static Map<String, @Nullable Object> handled(
            Route route, Event event, @Nullable Agent master, @Nullable Agent target, @Nullable String reason) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event_id", event.id());
        fields.put("route_id", route.id());
        fields.put("winner_master_agent_id", master == null ? null : master.id().value());
        fields.put("target_agent_id", target == null ? null : target.id().value());
        fields.put("target_label", target == null ? null : target.label());
        fields.put("reason", reason);
        fields.put("event_excerpt", Text.cut(event.excerpt(), EXCERPT));
        return fields;
    }

    void created(Route route) {
        RouteDefinition definition = route.definition();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("route_id", route.id());
        fields.put("event_type_subscribed", definition.eventType());
        fields.put("source_scope_kind", definition.source().kind());
        fields.put("source_scope_value", definition.source().value());
        fields.put("target_rule", definition.target().kind());
        fields.put("target_value", definition.target().value());
        fields.put("master_rule", definition.master().kind());
        fields.put("master_value", definition.master().value());
        fields.put("template", definition.template());
        fields.put("created_by_agent_id", route.createdBy());
        fields.put("cursor_at_creation", route.cursor());
        append(List.of(record("route_created", fields)));
    }

    void updated(Route route, @Nullable String by) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("route_id", route.id());
        fields.put("change", Map.of("enabled", route.enabled()));
        fields.put("updated_by_agent_id", by);
        append(List.of(record("route_updated", fields)));
    }

    void deleted(String routeId, @Nullable String by) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("route_id", routeId);
        fields.put("deleted_by_agent_id", by);
        append(List.of(record("route_deleted", fields)));
    }

    void heartbeat(RouteActivity.Heartbeat heartbeat, Duration interval) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("interval_seconds", interval.toSeconds());
        fields.put("cycles_since_last_heartbeat", heartbeat.cycles());
        fields.put("events_consumed_since_last_heartbeat", heartbeat.consumed());
        fields.put("skips_since_last_heartbeat", heartbeat.skips());
        fields.put("degraded", heartbeat.isDegraded());
        append(List.of(record("routing_worker_heartbeat", fields)));
    }

    private AuditRecord record(String type, Map<String, ? extends @Nullable Object> more) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event_type", type);
        fields.put("emitted_at", Timestamps.millis(clock.instant()));
        fields.putAll(more);
        return new AuditRecord(fields);
    }

    void append(List<AuditRecord> records) {
        try {
            log.appendAll(records);
        } catch (AuditUnavailableException kept) {
            // The log keeps the lines and reports the delay as a degraded subsystem.
        }
    }
}

package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.time.Timestamps;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.status.DaemonIdentity;
import dev.agenttower.socket.server.status.DaemonStatus;
import dev.agenttower.socket.server.status.ShutdownRequest;
import dev.agenttower.unix.connection.Lane;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code ping}, {@code status} and {@code shutdown}. Parameters are ignored. */
public final class DaemonMethods {
    private final DaemonIdentity identity;
    private final Supplier<DaemonStatus> status;
    private final ShutdownRequest shutdown;
    private final InstantSource clock;

    /** The methods of one daemon. */
    public DaemonMethods(
            DaemonIdentity identity, Supplier<DaemonStatus> status, ShutdownRequest shutdown, InstantSource clock) {
        this.identity = identity;
        this.status = status;
        this.shutdown = shutdown;
        this.clock = clock;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.legacy("ping", Lane.INSTANT, this::ping),
                Method.legacy("status", Lane.QUICK, this::status),
                Method.legacy("shutdown", Lane.INSTANT, this::shutdown));
    }

    /** Fails while the daemon is stopping, because a caller must not rely on it. */
    private Result ping(Call call) {
        if (shutdown.isAnnounced()) {
            throw new RefusedException(ErrorCode.DAEMON_SHUTTING_DOWN, "the daemon is stopping");
        }
        return Result.of(object());
    }

    private Result shutdown(Call call) {
        shutdown.announce();
        return new Result(object().put("shutting_down", true), shutdown::carryOut);
    }

    private Result status(Call call) {
        DaemonStatus now = status.get();
        ObjectNode body = object();
        body.put("alive", true);
        body.put("pid", identity.pid());
        body.put("start_time_utc", Timestamps.micros(identity.startedAt()));
        body.put(
                "uptime_seconds",
                Math.max(
                        0,
                        Duration.between(identity.startedAt(), clock.instant()).toSeconds()));
        body.put("socket_path", identity.socket().toString());
        body.put("state_path", identity.stateDir().toString());
        body.put("schema_version", identity.schemaVersion());
        body.put("daemon_version", identity.version());
        body.set("events_reader", reader(now.eventsReader()));
        body.set("events_persistence", persistence(now.eventsPersistence()));
        body.set("routing", routing(now.routing()));
        body.putObject("queue_audit")
                .put("degraded", now.queueAudit().degraded())
                .put("pending_rows", now.queueAudit().pendingRows())
                .put("last_failure_exc_class", now.queueAudit().lastFailure());
        return Result.of(body);
    }

    private static ObjectNode reader(DaemonStatus.EventsReader reader) {
        ObjectNode node = object();
        node.put("running", reader.running());
        node.put("last_cycle_started_at", reader.lastCycleStartedAt());
        node.put("last_cycle_duration_ms", reader.lastCycleDurationMs());
        node.put("active_attachments", reader.activeAttachments());
        ArrayNode failing = node.putArray("attachments_in_failure");
        for (DaemonStatus.FailingAttachment each : reader.attachmentsInFailure()) {
            failing.addObject()
                    .put("attachment_id", each.attachmentId())
                    .put("agent_id", each.agentId())
                    .put("error_class", each.errorClass())
                    .put("since", each.since());
        }
        return node;
    }

    private static ObjectNode persistence(DaemonStatus.EventsPersistence persistence) {
        ObjectNode node = object();
        node.set("degraded_sqlite", degradedSqlite(persistence.degradedSqlite()));
        DaemonStatus.DegradedJsonl jsonl = persistence.degradedJsonl();
        node.set(
                "degraded_jsonl",
                jsonl == null
                        ? null
                        : object().put("since", jsonl.since())
                                .put("pending_event_count", jsonl.pendingEventCount())
                                .put("last_error_class", jsonl.lastErrorClass()));
        return node;
    }

    private static @Nullable ObjectNode degradedSqlite(DaemonStatus.@Nullable DegradedSqlite sqlite) {
        if (sqlite == null) {
            return null;
        }
        ObjectNode node = object().put("since", sqlite.since());
        ArrayNode buffered = node.putArray("buffered_attachments");
        for (DaemonStatus.BufferedAttachment each : sqlite.bufferedAttachments()) {
            buffered.addObject()
                    .put("attachment_id", each.attachmentId())
                    .put("agent_id", each.agentId())
                    .put("buffered_count", each.bufferedCount())
                    .put("last_error_class", each.lastErrorClass());
        }
        return node;
    }

    private static ObjectNode routing(DaemonStatus.Routing routing) {
        ObjectNode node = object();
        node.put("value", routing.value());
        node.put("last_updated_at", routing.lastUpdatedAt());
        node.put("last_updated_by", routing.lastUpdatedBy());
        node.put("routes_total", routing.routesTotal());
        node.put("routes_enabled", routing.routesEnabled());
        node.put("routes_disabled", routing.routesDisabled());
        node.put("last_routing_cycle_at", routing.lastRoutingCycleAt());
        node.put("events_consumed_total", routing.eventsConsumedTotal());
        ObjectNode skips = node.putObject("skips_by_reason");
        routing.skipsByReason().forEach(skips::put);
        DaemonStatus.StalledRoute stalled = routing.mostStalledRoute();
        node.set(
                "most_stalled_route",
                stalled == null
                        ? null
                        : object().put("route_id", stalled.routeId()).put("lag", stalled.lag()));
        node.put("routing_worker_degraded", routing.routingWorkerDegraded());
        node.put("degraded_routing_audit_persistence", routing.degradedRoutingAuditPersistence());
        return node;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

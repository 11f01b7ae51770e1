package dev.agenttower.daemon.world;

import dev.agenttower.core.event.ReaderStatus;
import dev.agenttower.core.queue.QueueAudit;
import dev.agenttower.core.route.RouteActivity;
import dev.agenttower.core.route.Routes;
import dev.agenttower.socket.server.status.DaemonStatus;
import dev.agenttower.sqlite.SqliteStores;
import dev.agenttower.sqlite.health.RoutingStatus;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state of this daemon's workers: its reader of logs, its queue and its routes. */
public final class StatusFacts implements Supplier<DaemonStatus> {
    private final SqliteStores stores;
    private final Supplier<ReaderStatus> reader;
    private final QueueAudit queueAudit;
    private final Routes routes;
    private final BooleanSupplier isAuditLate;

    /**
     * Reads from these stores and workers.
     *
     * @param isAuditLate whether lines of the audit trail wait to be written
     */
    public StatusFacts(
            SqliteStores stores,
            Supplier<ReaderStatus> reader,
            QueueAudit queueAudit,
            Routes routes,
            BooleanSupplier isAuditLate) {
        this.stores = stores;
        this.reader = reader;
        this.queueAudit = queueAudit;
        this.routes = routes;
        this.isAuditLate = isAuditLate;
    }

    @Override
    public DaemonStatus get() {
        ReaderStatus status = reader.get();
        return new DaemonStatus(
                reader(status),
                new DaemonStatus.EventsPersistence(sqlite(status.database()), jsonl(status.trail())),
                routing(stores.routingStatus()),
                audit(queueAudit.state()));
    }

    private static DaemonStatus.QueueAudit audit(QueueAudit.State state) {
        return new DaemonStatus.QueueAudit(state.degraded(), state.pending(), state.failure());
    }

    private static DaemonStatus.EventsReader reader(ReaderStatus status) {
        return new DaemonStatus.EventsReader(
                status.isRunning(),
                status.lastCycleStartedAt(),
                status.lastCycleMillis(),
                status.activeLogs(),
                status.failing().stream()
                        .map(log -> new DaemonStatus.FailingAttachment(
                                log.attachmentId(), log.agentId(), log.errorClass(), log.since()))
                        .toList());
    }

    private static DaemonStatus.@Nullable DegradedSqlite sqlite(ReaderStatus.@Nullable Unstored unstored) {
        return unstored == null
                ? null
                : new DaemonStatus.DegradedSqlite(
                        unstored.since(),
                        unstored.logs().stream()
                                .map(log -> new DaemonStatus.BufferedAttachment(
                                        log.attachmentId(), log.agentId(), log.count(), log.errorClass()))
                                .toList());
    }

    private static DaemonStatus.@Nullable DegradedJsonl jsonl(ReaderStatus.@Nullable Unappended unappended) {
        return unappended == null
                ? null
                : new DaemonStatus.DegradedJsonl(unappended.since(), unappended.count(), unappended.errorClass());
    }

    private DaemonStatus.Routing routing(RoutingStatus stored) {
        RouteActivity.Totals totals = routes.activity().totals();
        return new DaemonStatus.Routing(
                stored.value(),
                stored.lastUpdatedAt(),
                stored.lastUpdatedBy(),
                stored.routesTotal(),
                stored.routesEnabled(),
                stored.routesDisabled(),
                totals.lastCycleAt(),
                totals.consumed(),
                totals.skipsByReason(),
                routes.mostStalled()
                        .map(lag -> new DaemonStatus.StalledRoute(lag.routeId(), lag.events()))
                        .orElse(null),
                totals.isDegraded(),
                isAuditLate.getAsBoolean());
    }
}

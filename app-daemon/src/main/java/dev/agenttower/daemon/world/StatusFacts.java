package dev.agenttower.daemon.world;

import dev.agenttower.core.health.WaitingWork;
import dev.agenttower.core.queue.QueueAudit;
import dev.agenttower.socket.server.status.DaemonStatus;
import dev.agenttower.sqlite.SqliteStores;
import dev.agenttower.sqlite.health.RoutingStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The state of this daemon's workers: it reads no logs and routes no events, so it reports only stored facts of those. */
public final class StatusFacts implements Supplier<DaemonStatus> {
    private final SqliteStores stores;
    private final QueueAudit queueAudit;

    /** Reads from these stores and workers. */
    public StatusFacts(SqliteStores stores, QueueAudit queueAudit) {
        this.stores = stores;
        this.queueAudit = queueAudit;
    }

    @Override
    public DaemonStatus get() {
        return new DaemonStatus(
                reader(stores.waitingWork()),
                DaemonStatus.EventsPersistence.well(),
                routing(stores.routingStatus()),
                audit(queueAudit.state()));
    }

    private static DaemonStatus.QueueAudit audit(QueueAudit.State state) {
        return new DaemonStatus.QueueAudit(state.degraded(), state.pending(), state.failure());
    }

    private static DaemonStatus.EventsReader reader(WaitingWork work) {
        return new DaemonStatus.EventsReader(false, null, null, work.activeLogAttachments(), List.of());
    }

    private static DaemonStatus.Routing routing(RoutingStatus stored) {
        return new DaemonStatus.Routing(
                stored.value(),
                stored.lastUpdatedAt(),
                stored.lastUpdatedBy(),
                stored.routesTotal(),
                stored.routesEnabled(),
                stored.routesDisabled(),
                null,
                0,
                Map.of(),
                null,
                false,
                false);
    }
}

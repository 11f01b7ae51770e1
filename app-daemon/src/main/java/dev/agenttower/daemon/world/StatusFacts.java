package dev.agenttower.daemon.world;

import dev.agenttower.core.health.WaitingWork;
import dev.agenttower.socket.server.status.DaemonStatus;
import dev.agenttower.sqlite.SqliteStores;
import dev.agenttower.sqlite.health.RoutingStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The state of this daemon's workers: it reads no logs and routes nothing, so it reports only stored facts. */
public final class StatusFacts implements Supplier<DaemonStatus> {
    private final SqliteStores stores;

    /** Reads from these stores. */
    public StatusFacts(SqliteStores stores) {
        this.stores = stores;
    }

    @Override
    public DaemonStatus get() {
        return new DaemonStatus(
                reader(stores.waitingWork()),
                DaemonStatus.EventsPersistence.well(),
                routing(stores.routingStatus()),
                DaemonStatus.QueueAudit.well());
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

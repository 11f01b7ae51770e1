package dev.agenttower.sqlite.health;

import dev.agenttower.core.health.DashboardFigures;
import dev.agenttower.core.health.DashboardSource;
import dev.agenttower.sqlite.database.Readers;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The figures of the dashboard, counted by SQLite. */
public final class SqliteDashboardSource implements DashboardSource {
    private final Readers readers;

    public SqliteDashboardSource(Readers readers) {
        this.readers = readers;
    }

    @Override
    public DashboardFigures read(int recent) {
        return readers.remembered(
                List.of(SqliteDashboardSource.class, recent),
                handle -> figures(handle, recent),
                DashboardFigures.class);
    }

    private static DashboardFigures figures(Handle handle, int recent) {
        BenchFigures benches = new BenchFigures(handle);
        AgentFigures agents = new AgentFigures(handle);
        WorkFigures work = new WorkFigures(handle);
        return new DashboardFigures(
                benches.containers(),
                benches.panes(),
                agents.agents(),
                agents.byRole(),
                agents.logAttachments(),
                work.events(),
                work.queueByState(),
                work.routes(),
                work.recentEvents(recent),
                work.recentMessages(recent),
                work.recentRoutes(recent),
                benches.firstActiveContainer(),
                benches.firstAdoptablePane(),
                work.oldestBlockedMessage());
    }
}

package dev.agenttower.sqlite.directory;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.directory.AgentCriteria;
import dev.agenttower.core.directory.AgentOrder;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.ContainerCriteria;
import dev.agenttower.core.directory.ContainerOrder;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.directory.PaneCriteria;
import dev.agenttower.core.directory.PaneOrder;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.database.Readers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pages of benches, panes and agents, filtered, sorted and cut by SQLite. */
public final class SqliteDirectory implements Directory {
    private final Readers readers;
    private final ContainerPages containers = new ContainerPages();
    private final PanePages panes = new PanePages();
    private final AgentPages agents = new AgentPages();

    public SqliteDirectory(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Page<ContainerView> containers(PageRequest<ContainerCriteria, ContainerOrder> request) {
        return readers.read(snapshot -> containers.page(snapshot, request));
    }

    @Override
    public Optional<ContainerView> container(ContainerId id) {
        return first(containers, new Conditions().and("c.container_id = ?", id.value()), "");
    }

    @Override
    public Page<PaneView> panes(PageRequest<PaneCriteria, PaneOrder> request) {
        return readers.read(snapshot -> panes.page(snapshot, request));
    }

    @Override
    public Optional<PaneView> pane(String paneId, @Nullable ContainerId container, @Nullable String socketPath) {
        Conditions conditions = new Conditions()
                .and("p.tmux_pane_id = ?", paneId)
                .and("p.container_id IN (SELECT container_id FROM containers)");
        if (container != null) {
            conditions.and("p.container_id = ?", container.value());
        }
        if (socketPath != null) {
            conditions.and("p.tmux_socket_path = ?", socketPath);
        }
        return first(
                panes,
                conditions,
                " ORDER BY p.active DESC, p.container_id, p.tmux_socket_path, p.tmux_session_name,"
                        + " p.tmux_window_index, p.tmux_pane_index");
    }

    @Override
    public Page<AgentView> agents(PageRequest<AgentCriteria, AgentOrder> request) {
        return readers.read(snapshot -> agents.page(snapshot, request));
    }

    @Override
    public Optional<AgentView> agent(AgentId id) {
        return first(agents, new Conditions().and("a.agent_id = ?", id.value()), "");
    }

    private <V> Optional<V> first(Pages<V, ?, ?> pages, Conditions conditions, String order) {
        return readers.read(snapshot -> snapshot.handle()
                .select(pages.select() + conditions.where() + order + " LIMIT 1", conditions.values())
                .map(pages.mapper())
                .findFirst());
    }
}

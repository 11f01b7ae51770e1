package dev.agenttower.sqlite.directory;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.directory.EventView;
import dev.agenttower.core.directory.LogAttachmentView;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.directory.QueueView;
import dev.agenttower.core.directory.RouteView;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.database.Readers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists and single rows, filtered, sorted and paged by SQLite. */
public final class SqliteDirectory implements Directory {
    private final Readers readers;
    private final Pages<PaneView> panes = new PanePages();
    private final Pages<AgentView> agents = new AgentPages();
    private final Pages<ContainerView> containers = new Pages<>(
            ContainerView.LIST,
            "containers AS c",
            Map.of(
                    "container_id", "c.container_id",
                    "name", "c.name",
                    "state", "CASE WHEN c.active = 1 THEN 'active' ELSE 'inactive' END",
                    "image", "c.image",
                    "first_seen_at", "c.first_seen_at",
                    "last_scanned_at", "c.last_scanned_at",
                    "pane_count",
                            "(SELECT COUNT(*) FROM panes AS p WHERE p.active = 1 AND p.container_id = c.container_id)",
                    "registered_agent_count",
                            "(SELECT COUNT(*) FROM agents AS a WHERE a.active = 1 AND a.container_id = c.container_id)"));
    private final Pages<EventView> events = new EventPages();
    private final Pages<LogAttachmentView> logAttachments = new Pages<>(
            LogAttachmentView.LIST,
            "log_attachments AS l",
            Map.of(
                    "attachment_id", "l.attachment_id",
                    "agent_id", "l.agent_id",
                    "container_id", "l.container_id",
                    "log_path", "l.log_path",
                    "status", "l.status",
                    "source", "l.source",
                    "attached_at", "l.attached_at",
                    "last_status_at", "l.last_status_at"));
    private final Pages<QueueView> messages = new QueuePages();
    private final Pages<RouteView> routes = new Pages<>(
            RouteView.LIST,
            "routes AS r",
            Map.ofEntries(
                    Map.entry("route_id", "r.route_id"),
                    Map.entry("enabled", "r.enabled"),
                    Map.entry("event_type", "r.event_type"),
                    Map.entry("source_scope.kind", "r.source_scope_kind"),
                    Map.entry("source_scope.value", "r.source_scope_value"),
                    Map.entry("target.rule", "r.target_rule"),
                    Map.entry("target.value", "r.target_value"),
                    Map.entry("master.rule", "r.master_rule"),
                    Map.entry("master.value", "r.master_value"),
                    Map.entry("template", "r.template"),
                    Map.entry("last_consumed_event_id", "r.last_consumed_event_id"),
                    Map.entry("created_at", "r.created_at"),
                    Map.entry("updated_at", "r.updated_at")));
    private final List<Pages<?>> lists = List.of(containers, panes, agents, logAttachments, events, messages, routes);

    public SqliteDirectory(Readers readers) {
        this.readers = readers;
    }

    @Override
    @SuppressWarnings("unchecked") // The pages of a list have its rows.
    public <R> Page<R> page(PageRequest<R> request) {
        Pages<R> pages = (Pages<R>) lists.stream()
                .filter(each -> each.list() == request.list())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no list " + request.list().name()));
        return readers.read(snapshot -> pages.page(snapshot, request));
    }

    @Override
    public Optional<ContainerView> container(ContainerId id) {
        return first(containers, new Conditions().and("c.container_id = ?", id.value()), "");
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
    public Optional<AgentView> agent(AgentId id) {
        return first(agents, new Conditions().and("a.agent_id = ?", id.value()), "");
    }

    @Override
    public Optional<EventView> event(long id) {
        return first(events, new Conditions().and("e.event_id = ?", id), "");
    }

    @Override
    public Optional<LogAttachmentView> logAttachment(String id) {
        return first(logAttachments, new Conditions().and("l.attachment_id = ?", id), "");
    }

    @Override
    public Optional<QueueView> message(String id) {
        return first(messages, new Conditions().and("m.message_id = ?", id), "");
    }

    @Override
    public Optional<RouteView> route(String id) {
        return first(routes, new Conditions().and("r.route_id = ?", id), "");
    }

    private <R> Optional<R> first(Pages<R> pages, Conditions conditions, String orderBy) {
        return readers.read(snapshot -> pages.first(snapshot, conditions, orderBy));
    }
}

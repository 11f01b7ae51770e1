package dev.agenttower.socket.server.app;

import static dev.agenttower.core.failure.RefusedException.invalid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.wire.JsonText;
import dev.agenttower.unix.connection.Lane;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Lists and single rows of containers, panes and agents. */
public final class AppDirectoryMethods {
    private final Directory directory;
    private final Cursors cursors;

    /**
     * The family, for one directory.
     *
     * @param random protects cursors; must be cryptographically strong
     */
    public AppDirectoryMethods(Directory directory, JsonText json, RandomGenerator random) {
        this.directory = directory;
        this.cursors = new Cursors(json, random);
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.app("app.container.list", Lane.QUICK, new ListMethod<>(containers(), cursors)),
                Method.app("app.container.detail", Lane.QUICK, this::container),
                Method.app("app.pane.list", Lane.QUICK, new ListMethod<>(panes(), cursors)),
                Method.app("app.pane.detail", Lane.QUICK, this::pane),
                Method.app("app.agent.list", Lane.QUICK, new ListMethod<>(agents(), cursors)),
                Method.app("app.agent.detail", Lane.QUICK, this::agent));
    }

    private ListSurface<ContainerView, ContainerCriteria, ContainerOrder> containers() {
        return new ListSurface<>(
                "container",
                Map.of(
                        "name", ContainerOrder.NAME,
                        "first_seen_at", ContainerOrder.FIRST_SEEN_AT,
                        "last_scanned_at", ContainerOrder.LAST_SCANNED_AT),
                "name",
                Set.of("state"),
                true,
                AppDirectoryMethods::containerCriteria,
                criteria -> Arrays.asList(criteria.active(), criteria.none()),
                directory::containers,
                DirectoryRows::container);
    }

    private static ContainerCriteria containerCriteria(AppParams filters) {
        String state = filters.optionalText("state");
        if (state == null) {
            return ContainerCriteria.ALL;
        }
        return switch (state) {
            case "active" -> new ContainerCriteria(true, false);
            case "inactive" -> new ContainerCriteria(false, false);
            case "degraded_scan" -> new ContainerCriteria(null, true);
            default -> throw invalid("state", "unknown value");
        };
    }

    private ListSurface<PaneView, PaneCriteria, PaneOrder> panes() {
        return new ListSurface<>(
                "pane",
                Map.of(
                        "default", PaneOrder.DEFAULT,
                        "discovered_at", PaneOrder.DISCOVERED_AT,
                        "last_seen_at", PaneOrder.LAST_SEEN_AT),
                "default",
                Set.of("container_id", "registered"),
                false,
                filters -> new PaneCriteria(filters.optionalText("container_id"), optionalFlag(filters, "registered")),
                criteria -> Arrays.asList(quoted(criteria.container()), criteria.registered()),
                directory::panes,
                DirectoryRows::pane);
    }

    private ListSurface<AgentView, AgentCriteria, AgentOrder> agents() {
        return new ListSurface<>(
                "agent",
                Map.of(
                        "default", AgentOrder.DEFAULT,
                        "registered_at", AgentOrder.REGISTERED_AT,
                        "role", AgentOrder.ROLE),
                "default",
                Set.of("role", "capability", "container_id", "log_attached"),
                false,
                filters -> new AgentCriteria(
                        filters.optionalText("role"),
                        filters.optionalText("capability"),
                        filters.optionalText("container_id"),
                        optionalFlag(filters, "log_attached")),
                criteria -> Arrays.asList(
                        quoted(criteria.role()),
                        quoted(criteria.capability()),
                        quoted(criteria.containerId()),
                        criteria.logAttached()),
                directory::agents,
                DirectoryRows::agent);
    }

    private static @Nullable Boolean optionalFlag(AppParams filters, String name) {
        return filters.get(name) == null ? null : (Boolean) filters.flag(name, false);
    }

    /** Text whose end shows, so that two filters never look like one. */
    private static @Nullable String quoted(@Nullable String text) {
        return text == null ? null : text.length() + "\"" + text + "\"";
    }

    private Result container(Call call) {
        String id = new AppParams(call.params()).requiredText("container_id");
        return row(DirectoryRows.container(directory
                .container(new ContainerId(id))
                .orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND, "no container has this id"))));
    }

    private Result pane(Call call) {
        AppParams params = new AppParams(call.params());
        String id = params.requiredText("pane_id");
        String container = params.optionalText("container_id");
        String socket = params.optionalText("tmux_socket");
        return row(DirectoryRows.pane(directory
                .pane(id, container == null ? null : new ContainerId(container), socket)
                .orElseThrow(() ->
                        new RefusedException(ErrorCode.PANE_NOT_FOUND, "no pane has this id", Map.of("pane_id", id)))));
    }

    private Result agent(Call call) {
        String id = new AppParams(call.params()).requiredText("agent_id");
        return row(DirectoryRows.agent(directory
                .agent(new AgentId(id))
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.AGENT_NOT_FOUND, "no agent has this id", Map.of("agent_id", id)))));
    }

    static Result row(ObjectNode row) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("row", row);
        return Result.of(body);
    }
}

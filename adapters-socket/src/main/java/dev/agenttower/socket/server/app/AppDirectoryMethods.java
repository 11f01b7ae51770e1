package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.route.Routes;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.wire.AgentFields;
import dev.agenttower.socket.server.wire.JsonText;
import dev.agenttower.unix.connection.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** All lists of the directory, and single rows of containers, panes, agents, events, log attachments, messages and routes. */
public final class AppDirectoryMethods {
    private final Directory directory;
    private final AgentRows agents;
    private final Cursors cursors;

    /**
     * The methods of one directory.
     *
     * @param fields what is known of agents besides
     * @param random generates keys for cursors; must be cryptographically strong
     */
    public AppDirectoryMethods(Directory directory, AgentFields fields, JsonText json, RandomGenerator random) {
        this.directory = directory;
        this.agents = new AgentRows(fields);
        this.cursors = new Cursors(json, random);
    }

    /** The methods. */
    public List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        for (ListDefinition<?> list : Directory.LISTS) {
            methods.add(Method.app(
                    list.name(),
                    Lane.QUICK,
                    list == AgentView.LIST
                            ? new ListMethod<>(AgentView.LIST, directory, cursors, agents::page)
                            : stored(list)));
        }
        methods.add(Method.app("app.container.detail", Lane.QUICK, this::container));
        methods.add(Method.app("app.pane.detail", Lane.QUICK, this::pane));
        methods.add(Method.app("app.agent.detail", Lane.QUICK, this::agent));
        methods.add(Method.app("app.event.detail", Lane.QUICK, this::event));
        methods.add(Method.app("app.log_attachment.detail", Lane.QUICK, this::logAttachment));
        methods.add(Method.app("app.queue.detail", Lane.QUICK, this::message));
        methods.add(Method.app("app.route.detail", Lane.QUICK, this::route));
        return methods;
    }

    private <R> ListMethod<R> stored(ListDefinition<R> list) {
        return new ListMethod<>(list, directory, cursors, () -> row -> ListMethod.row(list, row));
    }

    private Result container(Call call) {
        String id = new AppParams(call.params()).requiredText("container_id");
        return row(
                ContainerView.LIST,
                directory
                        .container(new ContainerId(id))
                        .orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND, "no container has this id")));
    }

    private Result pane(Call call) {
        AppParams params = new AppParams(call.params());
        String id = params.requiredText("pane_id");
        String container = params.optionalText("container_id");
        String socket = params.optionalText("tmux_socket");
        return row(
                PaneView.LIST,
                directory
                        .pane(id, container == null ? null : new ContainerId(container), socket)
                        .orElseThrow(() -> new RefusedException(
                                ErrorCode.PANE_NOT_FOUND, "no pane has this id", Map.of("pane_id", id))));
    }

    private Result agent(Call call) {
        String id = new AppParams(call.params()).requiredText("agent_id");
        return row(agents.row(directory
                .agent(new AgentId(id))
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.AGENT_NOT_FOUND, "no agent has this id", Map.of("agent_id", id)))));
    }

    private Result event(Call call) {
        return row(
                EventView.LIST,
                directory
                        .event(new AppParams(call.params()).requiredNumber("event_id"))
                        .orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND, "no event has this id")));
    }

    private Result logAttachment(Call call) {
        String id = new AppParams(call.params()).requiredText("attachment_id");
        return row(
                LogAttachmentView.LIST,
                directory
                        .logAttachment(id)
                        .orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND, "no log attachment has this id")));
    }

    private Result message(Call call) {
        String id = new AppParams(call.params()).requiredText("message_id");
        return row(
                QueueView.LIST,
                directory
                        .message(id)
                        .orElseThrow(() -> new RefusedException(
                                ErrorCode.QUEUE_MESSAGE_NOT_FOUND,
                                "no message has this id",
                                Map.of("message_id", id))));
    }

    private Result route(Call call) {
        String id = new AppParams(call.params()).requiredText("route_id");
        return row(RouteView.LIST, directory.route(id).orElseThrow(() -> Routes.unknown(id)));
    }

    private static <R> Result row(ListDefinition<R> list, R row) {
        return row(ListMethod.row(list, row));
    }

    static Result row(ObjectNode row) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("row", row);
        return Result.of(body);
    }
}

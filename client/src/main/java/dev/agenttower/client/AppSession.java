package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.inbox.Inbox;
import dev.agenttower.core.inbox.InboxItem;
import dev.agenttower.core.inbox.InboxPage;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.pane.PaneKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of the control panel contract.
 *
 * <p>Every method calls the daemon and throws the exceptions of {@link DaemonCalls#call(String, ObjectNode, Timeouts)}. An expired session
 * fails with {@code app_session_expired}; open a new one. As thread-safe as the underlying calls.
 */
public final class AppSession {
    private static final int PAGE_ROWS = 200;
    private static final Timeouts READ = Timeouts.answerWithin(5);
    private static final Timeouts WRITE = Timeouts.answerWithin(10);
    /** A registration whose bench takes as long as it may for each of its commands. */
    private static final Timeouts RECORD = Timeouts.answerWithin(20);

    private static final Timeouts SCAN = Timeouts.answerWithin(35);

    private final DaemonCalls calls;
    private final ObjectNode greeting;

    private AppSession(DaemonCalls calls, ObjectNode greeting) {
        this.calls = calls;
        this.greeting = greeting;
    }

    /** Opens a session with {@code app.hello}. */
    public static AppSession open(DaemonCalls calls, String clientId, String clientVersion) {
        ObjectNode params = JsonText.object()
                .put("client_id", clientId)
                .put("client_version", clientVersion)
                .put("client_app_contract_major", 1);
        return new AppSession(requireNonNull(calls, "calls"), calls.call("app.hello", params, READ));
    }

    /** The daemon's answer to {@code app.hello}: versions and the supported contract range. */
    public JsonNode greeting() {
        return greeting;
    }

    /** {@code app.readiness}. */
    public JsonNode readiness() {
        return call("app.readiness", JsonText.object(), READ);
    }

    /** {@code app.dashboard}; {@code recentLimit} is 1 to 50. */
    public JsonNode dashboard(int recentLimit) {
        return call("app.dashboard", JsonText.object().put("recent_limit", recentLimit), READ);
    }

    /** One page of {@code app.container.list}; {@code filters} and {@code cursor} may be null. */
    public Slice<ContainerView> containers(@Nullable ObjectNode filters, int limit, @Nullable String cursor) {
        return page(ContainerView.LIST, filters, limit, cursor);
    }

    /** All pages of {@code app.container.list}. */
    public List<ContainerView> allContainers() {
        return all(ContainerView.LIST);
    }

    /** One page of {@code app.pane.list}; {@code filters} and {@code cursor} may be null. */
    public Slice<PaneView> panes(@Nullable ObjectNode filters, int limit, @Nullable String cursor) {
        return page(PaneView.LIST, filters, limit, cursor);
    }

    /** All pages of {@code app.pane.list}. */
    public List<PaneView> allPanes() {
        return all(PaneView.LIST);
    }

    /** One page of {@code app.agent.list}; {@code filters} and {@code cursor} may be null. */
    public Slice<AgentView> agents(@Nullable ObjectNode filters, int limit, @Nullable String cursor) {
        return page(AgentView.LIST, filters, limit, cursor);
    }

    /** All pages of {@code app.agent.list}. */
    public List<AgentView> allAgents() {
        return all(AgentView.LIST);
    }

    /** {@code app.agent.register_from_pane}; the row as received, for {@link #agent(JsonNode)}. */
    public JsonNode adopt(AdoptPane adoption) {
        PaneKey pane = adoption.pane();
        ObjectNode params = JsonText.object()
                .put("container_id", pane.container().value())
                .put("tmux_socket", pane.socketPath())
                .put("session_name", pane.sessionName())
                .put("window_index", pane.windowIndex())
                .put("pane_index", pane.paneIndex())
                .put("pane_id", pane.paneId());
        putIfSet(params, "role", adoption.role());
        putIfSet(params, "capability", adoption.capability());
        putIfSet(params, "label", adoption.label());
        putIfSet(params, "project_path", adoption.projectPath());
        putIfSet(params, "parent_agent_id", adoption.parentAgentId());
        if (adoption.attachLog()) {
            params.put("attach_log", true);
        }
        return call("app.agent.register_from_pane", params, adoption.attachLog() ? RECORD : WRITE)
                .path("row");
    }

    /** {@code app.agent.update}; the row as received. */
    public JsonNode update(ChangeAgent change) {
        ObjectNode params = JsonText.object().put("agent_id", change.agentId());
        putIfSet(params, "role", change.role());
        putIfSet(params, "capability", change.capability());
        putIfSet(params, "label", change.label());
        putIfSet(params, "project_path", change.projectPath());
        return call("app.agent.update", params, WRITE).path("row");
    }

    /** {@code app.scan.containers}; if {@code wait}, blocks up to 30 s for its end. */
    public JsonNode scanContainers(boolean wait) {
        return call("app.scan.containers", JsonText.object().put("wait", wait), SCAN);
    }

    /** {@code app.scan.panes}; if {@code wait}, blocks up to 30 s for its end. */
    public JsonNode scanPanes(boolean wait) {
        return call("app.scan.panes", JsonText.object().put("wait", wait), SCAN);
    }

    /** {@code app.scan.status}. */
    public JsonNode scanStatus(String scanId) {
        return call("app.scan.status", JsonText.object().put("scan_id", scanId), READ);
    }

    /** An agent's row as a record. */
    public static AgentView agent(JsonNode row) {
        return Fields.row(AgentView.LIST, row);
    }

    /** All pages of a list. */
    public <R> List<R> all(ListDefinition<R> list) {
        List<R> rows = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Slice<R> slice = page(list, null, PAGE_ROWS, cursor);
            rows.addAll(slice.rows());
            cursor = slice.next();
        } while (cursor != null);
        return rows;
    }

    /** One page of a list; {@code filters} and {@code cursor} may be null. */
    public <R> Slice<R> page(ListDefinition<R> list, @Nullable ObjectNode filters, int limit, @Nullable String cursor) {
        ObjectNode params = JsonText.object().put("limit", limit);
        putIfSet(params, "cursor_next", cursor);
        if (filters != null) {
            params.set("filters", filters);
        }
        JsonNode result = call(list.name(), params, READ);
        return new Slice<>(
                Fields.all(result.path("rows"), row -> Fields.row(list, row)),
                result.path("total").asLong(),
                result.path("cursor_next").textValue());
    }

    /**
     * {@code app.inbox.read}: what waits for a person, or what has changed of it since a page.
     *
     * @param cursor of the last page; null for the first one
     * @param patience how long the daemon waits for changes, in whole seconds, at most {@link Inbox#LONGEST_WAIT}; then it answers without any
     */
    public InboxPage inbox(@Nullable String cursor, Duration patience) {
        ObjectNode params = JsonText.object().put("limit", PAGE_ROWS).put("wait_seconds", patience.toSeconds());
        putIfSet(params, "cursor", cursor);
        Duration answer = READ.answer().plus(patience);
        return Fields.inbox(call(InboxItem.LIST.name(), params, new Timeouts(READ.connect(), answer)));
    }

    private ObjectNode call(String method, ObjectNode params, Timeouts timeouts) {
        params.put("app_session_token", greeting.path("app_session_token").asText(""));
        return calls.call(method, params, timeouts);
    }

    private static void putIfSet(ObjectNode params, String name, @Nullable String value) {
        if (value != null) {
            params.put(name, value);
        }
    }
}

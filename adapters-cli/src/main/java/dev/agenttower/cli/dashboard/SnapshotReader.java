package dev.agenttower.cli.dashboard;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.AppSession;
import dev.agenttower.client.DaemonCalls;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the dashboard's data from the daemon. */
public final class SnapshotReader {
    private static final int LAST_EVENTS = 5;
    private static final Timeouts READ = Timeouts.answerWithin(5);

    private final DaemonCalls calls;
    private final Optional<AppSession> session;

    /** Creates a reader; without a session, as inside a container, there are no figures and no recommendation. */
    public SnapshotReader(DaemonCalls calls, Optional<AppSession> session) {
        this.calls = requireNonNull(calls, "calls");
        this.session = requireNonNull(session, "session");
    }

    /** Reads a snapshot; throws the exceptions of the calls. */
    public Snapshot read() {
        JsonNode agents = calls.call("list_agents", JsonText.object().put("schema_version", 8), READ)
                .path("agents");
        Map<PaneKey, PaneAgent> byPane = new HashMap<>();
        int inactive = 0;
        for (JsonNode row : agents) {
            if (row.path("active").asBoolean()) {
                byPane.put(keyOf(row), agentOf(row));
            } else {
                inactive++;
            }
        }
        List<Bench> benches = benches(byPane);
        Map<String, String> names = new HashMap<>();
        byPane.values().forEach(agent -> names.put(agent.agentId(), agent.name()));
        return session.isPresent()
                ? onHost(session.get(), benches, inactive, byPane.values(), names)
                : elsewhere(benches, inactive, byPane.values(), names);
    }

    private Snapshot onHost(
            AppSession session,
            List<Bench> benches,
            int inactive,
            Collection<PaneAgent> active,
            Map<String, String> names) {
        JsonNode figures = session.dashboard(10);
        JsonNode counts = figures.path("counts");
        Attention attention = new Attention(names);
        for (String state : List.of("blocked", "failed")) {
            long count = counts.path("queue").path(state).asLong();
            if (count > 0) {
                attention.messages(
                        calls.call("queue.list", JsonText.object().put("state", state), READ)
                                .path("rows"),
                        count);
            }
        }
        attention.states(active);
        boolean hasEvents = counts.path("events").path("total").asLong() > 0;
        if (hasEvents) {
            attention.agents(calls.call("events.latest", null, READ).path("events"));
        }
        return new Snapshot(
                session.greeting().path("daemon_version").asText("?"),
                benches,
                inactive,
                attention
                        .tower(session.readiness(), counts)
                        .descriptions(active)
                        .warnings(),
                hasEvents ? events(names) : List.of(),
                NextStep.of(figures.path("recommended_next_action"), benches),
                figures);
    }

    private List<SeenEvent> events(Map<String, String> names) {
        List<SeenEvent> events = new ArrayList<>();
        ObjectNode last = JsonText.object().put("limit", LAST_EVENTS).put("reverse", true);
        for (JsonNode event : calls.call("events.list", last, READ).path("events")) {
            String agent = text(event, "agent_id");
            events.add(new SeenEvent(
                    event.path("event_id").asLong(),
                    text(event, "observed_at"),
                    agent,
                    names.getOrDefault(agent, agent),
                    text(event, "event_type"),
                    text(event, "excerpt")));
        }
        return events;
    }

    private Snapshot elsewhere(
            List<Bench> benches, int inactive, Collection<PaneAgent> active, Map<String, String> names) {
        return new Snapshot(
                calls.call("status", null, READ).path("daemon_version").asText("?"),
                benches,
                inactive,
                new Attention(names)
                        .states(active)
                        .agents(calls.call("events.latest", null, READ).path("events"))
                        .with("this shell is in a container: figures and adoption need one on the host")
                        .warnings(),
                events(names),
                NextStep.insideContainer(benches),
                JsonText.object());
    }

    /** The panes of active containers, with their agents. */
    public static List<BenchPane> panes(DaemonCalls calls) {
        Map<PaneKey, PaneAgent> byPane = new HashMap<>();
        for (JsonNode row : calls.call(
                        "list_agents",
                        JsonText.object().put("schema_version", 8).put("active_only", true),
                        READ)
                .path("agents")) {
            byPane.put(keyOf(row), agentOf(row));
        }
        List<BenchPane> panes = new ArrayList<>();
        for (Bench bench : benches(calls, byPane)) {
            panes.addAll(bench.panes());
        }
        return panes;
    }

    private List<Bench> benches(Map<PaneKey, PaneAgent> agents) {
        return benches(calls, agents);
    }

    private static List<Bench> benches(DaemonCalls calls, Map<PaneKey, PaneAgent> agents) {
        ObjectNode activeOnly = JsonText.object().put("active_only", true);
        Map<String, List<BenchPane>> panes = new LinkedHashMap<>();
        for (JsonNode row : calls.call("list_panes", activeOnly, READ).path("panes")) {
            panes.computeIfAbsent(text(row, "container_id"), id -> new ArrayList<>())
                    .add(paneOf(row, agents));
        }
        List<Bench> benches = new ArrayList<>();
        for (JsonNode row : calls.call("list_containers", activeOnly, READ).path("containers")) {
            String id = text(row, "id");
            benches.add(new Bench(id, text(row, "name"), text(row, "image"), panes.getOrDefault(id, List.of())));
        }
        // The daemon sorts by time of scan; that order changes with every redraw.
        benches.sort((a, b) ->
                a.name().equals(b.name()) ? a.id().compareTo(b.id()) : a.name().compareTo(b.name()));
        return benches;
    }

    private static BenchPane paneOf(JsonNode row, Map<PaneKey, PaneAgent> agents) {
        PaneKey key = keyOf(row);
        @Nullable PaneAgent agent = agents.get(key);
        return new BenchPane(
                key,
                text(row, "container_name"),
                text(row, "container_user"),
                text(row, "pane_current_command"),
                text(row, "pane_current_path"),
                Optional.ofNullable(agent));
    }

    private static PaneKey keyOf(JsonNode row) {
        return new PaneKey(
                new ContainerId(text(row, "container_id")),
                text(row, "tmux_socket_path"),
                text(row, "tmux_session_name"),
                row.path("tmux_window_index").asInt(),
                row.path("tmux_pane_index").asInt(),
                text(row, "tmux_pane_id"));
    }

    private static PaneAgent agentOf(JsonNode row) {
        return new PaneAgent(
                text(row, "agent_id"),
                text(row, "role"),
                text(row, "capability"),
                text(row, "label"),
                row.path("state").asText("unknown"),
                row.path("state_since").isTextual() ? text(row, "state_since") : "",
                text(row, "state_detail"),
                text(row, "project_path"));
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asText("");
    }
}

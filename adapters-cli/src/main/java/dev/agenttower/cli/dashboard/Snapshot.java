package dev.agenttower.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Optional;

/**
 * The state of the tower at one moment.
 *
 * @param daemonVersion the version of the daemon
 * @param benches the active bench containers
 * @param inactiveAgents the number of agents without a pane
 * @param attention the warnings, the most important first
 * @param events the last events, the latest first
 * @param next the recommended next step
 * @param figures the daemon's dashboard, as received
 */
public record Snapshot(
        String daemonVersion,
        List<Bench> benches,
        int inactiveAgents,
        List<Warning> attention,
        List<SeenEvent> events,
        NextStep next,
        JsonNode figures) {
    /** Copies the lists. */
    public Snapshot {
        benches = List.copyOf(benches);
        attention = List.copyOf(attention);
        events = List.copyOf(events);
    }

    /** All panes, container by container. */
    public List<BenchPane> panes() {
        return benches.stream().flatMap(bench -> bench.panes().stream()).toList();
    }

    /** The pane of an active agent. */
    Optional<BenchPane> paneOf(String agentId) {
        return panes().stream()
                .filter(pane -> pane.agent()
                        .map(PaneAgent::agentId)
                        .filter(agentId::equals)
                        .isPresent())
                .findFirst();
    }

    /** The form for scripts. */
    public ObjectNode json() {
        ObjectNode json = JsonText.object().put("daemon_version", daemonVersion);
        ArrayNode list = json.putArray("benches");
        for (Bench bench : benches) {
            ObjectNode entry = list.addObject()
                    .put("container_id", bench.id())
                    .put("name", bench.name())
                    .put("image", bench.image());
            ArrayNode panes = entry.putArray("panes");
            bench.panes().forEach(pane -> write(pane, panes.addObject()));
        }
        json.put("inactive_agents", inactiveAgents);
        ArrayNode warnings = json.putArray("attention");
        attention.forEach(warning -> warnings.add(warning.text()));
        ArrayNode last = json.putArray("events");
        events.forEach(event -> last.addObject()
                .put("observed_at", event.observedAt())
                .put("agent", event.agent())
                .put("event_type", event.type())
                .put("excerpt", event.excerpt()));
        json.putObject("next")
                .put("code", next.code())
                .put("title", next.title())
                .put("detail", next.detail())
                .put("command", next.command());
        json.set("dashboard", figures);
        return json;
    }

    private static void write(BenchPane pane, ObjectNode json) {
        PaneKey key = pane.key();
        json.put("tmux_socket_path", key.socketPath())
                .put("tmux_session_name", key.sessionName())
                .put("tmux_window_index", key.windowIndex())
                .put("tmux_pane_index", key.paneIndex())
                .put("tmux_pane_id", key.paneId())
                .put("command", pane.command())
                .put("cwd", pane.folder());
        pane.agent()
                .ifPresentOrElse(
                        agent -> json.putObject("agent")
                                .put("agent_id", agent.agentId())
                                .put("role", agent.role())
                                .put("capability", agent.capability())
                                .put("label", agent.label()),
                        () -> json.putNull("agent"));
    }
}

package dev.agenttower.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Derives the dashboard's warnings: messages that did not arrive, agents that wait for a person, errors, and then the tower's own troubles. */
final class Attention {
    private static final int MOST_OF_A_KIND = 3;
    private static final String QUEUE = "agenttower queue";

    private final List<Warning> warnings = new ArrayList<>();
    private final Map<String, String> names;
    private final Set<String> known = new HashSet<>();

    /**
     * No warnings yet.
     *
     * @param names what agents are called, by id
     */
    Attention(Map<String, String> names) {
        this.names = names;
    }

    List<Warning> warnings() {
        return warnings;
    }

    /** Warns of messages of the queue, given as rows, and of how many more there are. */
    Attention messages(JsonNode rows, long count) {
        int shown = 0;
        for (JsonNode row : rows) {
            if (shown < MOST_OF_A_KIND) {
                boolean isBlocked = row.path("state").asText().equals("blocked");
                String reason =
                        row.path(isBlocked ? "block_reason" : "failure_reason").asText("");
                JsonNode target = row.path("target").path("agent_id");
                warnings.add(new Warning(
                        "prompt to " + name(target) + (isBlocked ? " waits: " : " failed: ") + reason.replace('_', ' ')
                                + " (" + QUEUE + ")",
                        target.asText()));
                shown++;
            }
        }
        more(count - shown, QUEUE);
        return this;
    }

    /** Warns of agents whose state calls for a person; what their events say of the same is older than that. */
    Attention states(Collection<PaneAgent> active) {
        List<PaneAgent> needing = active.stream()
                .filter(PaneAgent::needsPerson)
                .sorted(Comparator.comparing(PaneAgent::state).reversed().thenComparing(PaneAgent::agentId))
                .toList();
        needing.stream()
                .limit(MOST_OF_A_KIND)
                .forEach(agent -> warnings.add(new Warning(agent.name() + " is " + agent.doing(), agent.agentId())));
        more(needing.size() - MOST_OF_A_KIND, "agenttower list-agents --states");
        active.stream().filter(PaneAgent::hasState).map(PaneAgent::agentId).forEach(known::add);
        return this;
    }

    /** Warns of agents whose latest event calls for a person. */
    Attention agents(JsonNode latest) {
        add(latest, "waiting_for_input", " waits for input: ");
        add(latest, "manual_review_needed", " asks for a review: ");
        add(latest, "error", " met an error: ");
        add(latest, "test_failed", " has a failed test: ");
        return this;
    }

    private void add(JsonNode latest, String type, String words) {
        int shown = 0;
        int count = 0;
        for (JsonNode event : latest) {
            boolean isOfState = known.contains(event.path("agent_id").asText())
                    && (type.equals("waiting_for_input")
                            || event.path("classifier_rule_id").asText().startsWith("state."));
            if (event.path("event_type").asText().equals(type) && !isOfState) {
                count++;
                if (shown < MOST_OF_A_KIND) {
                    JsonNode agent = event.path("agent_id");
                    warnings.add(new Warning(
                            name(agent) + words + event.path("excerpt").asText(), agent.asText()));
                    shown++;
                }
            }
        }
        more(count - shown, "agenttower events --type " + type);
    }

    private void more(long count, String command) {
        if (count > 0) {
            with(count + " more; " + command);
        }
    }

    private String name(JsonNode agentId) {
        return names.getOrDefault(agentId.asText(), agentId.asText());
    }

    /** Warns of subsystems that do not work, and of figures that call for something. */
    Attention tower(JsonNode readiness, JsonNode counts) {
        for (JsonNode subsystem : readiness.path("subsystems")) {
            String status = subsystem.path("status").asText("ok");
            if (!status.equals("ok")) {
                String reason = subsystem.path("reason").asText("");
                with(subsystem.path("name").asText("?") + " is " + status + (reason.isEmpty() ? "" : ": " + reason));
            }
        }
        number(
                counts.path("log_attachments").path("degraded").asLong(),
                "log is no longer recorded",
                "logs are no longer recorded");
        number(
                counts.path("routes").path("recently_skipped_count").asLong(),
                "event was not routed in the last 5 minutes",
                "events were not routed in the last 5 minutes");
        return this;
    }

    /** Warns of agents that are described in part only. The figure of the contract counts those that are gone, too. */
    Attention descriptions(Collection<PaneAgent> active) {
        number(
                active.stream().filter(agent -> !agent.isDescribed()).count(),
                "agent lacks a role, a capability or a label",
                "agents lack a role, a capability or a label");
        return this;
    }

    /** Adds a warning that is about no agent. */
    Attention with(String text) {
        warnings.add(new Warning(text, ""));
        return this;
    }

    private void number(long count, String one, String several) {
        if (count > 0) {
            with(count + " " + (count == 1 ? one : several));
        }
    }
}

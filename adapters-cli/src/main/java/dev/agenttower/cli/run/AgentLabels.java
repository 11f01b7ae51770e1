package dev.agenttower.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.client.Timeouts;
import java.util.HashSet;
import java.util.Set;

/** The labels of active agents. */
final class AgentLabels {
    private final DaemonAccess daemon;

    AgentLabels(DaemonAccess daemon) {
        this.daemon = daemon;
    }

    /** A label that no active agent has: the wanted one, or the first of {@code wanted-2}, {@code wanted-3}, ... */
    String free(String wanted) {
        Set<String> taken = new HashSet<>();
        for (JsonNode agent : active()) {
            taken.add(agent.path("label").asText());
        }
        String label = wanted;
        for (int number = 2; taken.contains(label); number++) {
            label = wanted + "-" + number;
        }
        return label;
    }

    /** Whether an active agent has the label. */
    boolean isTaken(String label) {
        for (JsonNode agent : active()) {
            if (agent.path("label").asText().equals(label)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode active() {
        return daemon.call("list_agents", DaemonAccess.agentParams().put("active_only", true), Timeouts.answerWithin(5))
                .path("agents");
    }
}

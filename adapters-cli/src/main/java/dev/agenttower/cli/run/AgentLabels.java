package dev.agenttower.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.core.agent.LabelPattern;
import java.util.HashSet;
import java.util.Set;

/** The labels of active agents. */
final class AgentLabels {
    private final DaemonAccess daemon;

    AgentLabels(DaemonAccess daemon) {
        this.daemon = daemon;
    }

    /** The wanted label, or one like it that no active agent has, see {@link LabelPattern#free}. */
    String free(String wanted) {
        return LabelPattern.free(wanted, active()::contains);
    }

    /** Whether an active agent has the label. */
    boolean isTaken(String label) {
        return active().contains(label);
    }

    private Set<String> active() {
        Set<String> labels = new HashSet<>();
        for (JsonNode agent : daemon.activeAgents(null)) {
            labels.add(agent.path("label").asText());
        }
        return labels;
    }
}

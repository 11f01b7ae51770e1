package dev.agenttower.core.agent;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds agents by the names that people give: ids, and labels of active agents. Both are compared exactly. Thread-safe. */
public final class AgentLookup {
    private static final int QUOTED = 64;

    private final AgentStore store;

    /** Looks among the agents of this store. */
    public AgentLookup(AgentStore store) {
        this.store = requireNonNull(store, "store");
    }

    /**
     * The agent with this id, active or not, or the only active agent with this label.
     *
     * @throws RefusedException {@code AGENT_NOT_FOUND} if there is none, {@code TARGET_LABEL_AMBIGUOUS} if several active agents have the label
     */
    public Agent find(String idOrLabel) {
        if (AgentId.isWellFormed(idOrLabel)) {
            return store.find(new AgentId(idOrLabel))
                    .map(AgentListing::agent)
                    .orElseThrow(() -> new RefusedException(
                            ErrorCode.AGENT_NOT_FOUND, "no agent has the id " + idOrLabel, named(idOrLabel)));
        }
        return labeled(idOrLabel, true);
    }

    /**
     * The given id, of which no agent need exist, or the id of the only active agent with this label.
     *
     * @throws RefusedException {@code VALUE_OUT_OF_SET} if it is neither, or if several active agents have the label
     */
    public AgentId id(String idOrLabel) {
        return id(idOrLabel, true);
    }

    /** As {@link #id(String)}, but the label may also be that of an inactive agent. */
    public AgentId idOfAny(String idOrLabel) {
        return id(idOrLabel, false);
    }

    /** The agent with an id, active or not; empty if there is none. */
    public Optional<Agent> known(AgentId id) {
        return store.find(id).map(AgentListing::agent);
    }

    private AgentId id(String idOrLabel, boolean activeOnly) {
        if (AgentId.isWellFormed(idOrLabel)) {
            return new AgentId(idOrLabel);
        }
        try {
            return labeled(idOrLabel, activeOnly).id();
        } catch (RefusedException refusal) {
            throw new RefusedException(ErrorCode.VALUE_OUT_OF_SET, refusal.getMessage(), refusal.details());
        }
    }

    private Agent labeled(String label, boolean activeOnly) {
        // Agents without a label, and the operator, must not be reached by a name that an agent could have chosen.
        boolean isName = !label.isEmpty() && !label.equals(AgentRules.OPERATOR);
        List<Agent> labeled = store.list(new AgentFilter(List.of(), null, activeOnly, null)).stream()
                .map(AgentListing::agent)
                .filter(agent -> isName && agent.label().equals(label))
                .toList();
        String shown = "\"" + Text.abbreviated(label, QUOTED) + "\"";
        if (labeled.isEmpty()) {
            throw new RefusedException(
                    ErrorCode.AGENT_NOT_FOUND,
                    shown + " is no agent id, and no " + (activeOnly ? "active " : "")
                            + "agent has it as its label; see list-agents",
                    named(label));
        }
        if (labeled.size() > 1) {
            List<String> ids =
                    labeled.stream().map(agent -> agent.id().value()).sorted().toList();
            throw new RefusedException(
                    ErrorCode.TARGET_LABEL_AMBIGUOUS,
                    "several " + (activeOnly ? "active " : "") + "agents have the label " + shown + ": "
                            + String.join(", ", ids) + "; name one by its id",
                    named(label));
        }
        return labeled.get(0);
    }

    private static Map<String, Object> named(String idOrLabel) {
        return Map.of("agent_id", idOrLabel);
    }
}

package dev.agenttower.socket.server.legacy;

import static dev.agenttower.socket.server.legacy.LegacyParams.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentLookup;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.queue.PromptSending;
import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.socket.server.method.Call;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameter {@code caller_pane}: the pane in which a caller runs. */
final class CallerPane {
    private static final String NAME = "caller_pane";
    private static final String KEY = "pane_composite_key";

    private CallerPane() {}

    /** The object; null if null or not given. */
    static @Nullable ObjectNode read(LegacyParams params) {
        JsonNode value = params.get(NAME);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw badRequest("params." + NAME + " must be an object or null");
    }

    /**
     * The active agent of the pane.
     *
     * @throws RefusedException {@code BAD_REQUEST} for a malformed key, a pane of another container than the caller's and a claimed agent of
     *     another pane, {@code OPERATOR_PANE_INACTIVE} if no active agent runs in the pane
     */
    static Actor actor(Call call, ObjectNode callerPane, PromptSending agents) {
        PaneKey key = key(callerPane);
        call.caller().requireReach(key.container());
        Optional<Agent> agent = agents.agentOf(key);
        JsonNode claimed = callerPane.get("agent_id");
        if (claimed != null && !claimed.isNull()) {
            boolean isIts = claimed.isTextual()
                    && agent.filter(known -> known.id().value().equals(claimed.textValue()))
                            .isPresent();
            if (!isIts) {
                throw badRequest("params." + NAME + ".agent_id is not the agent of the pane");
            }
        }
        return agent.filter(Agent::active)
                .map(Actor::of)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.OPERATOR_PANE_INACTIVE,
                        "no active agent is registered in the pane of the caller; run register-self there"));
    }

    /**
     * The caller: the active agent of its pane, or a person on the host.
     *
     * @throws RefusedException {@code BAD_REQUEST} if it names no pane and is no person on the host, and as {@link #actor}
     */
    static Actor operator(Call call, LegacyParams params, PromptSending agents) {
        ObjectNode pane = read(params);
        if (pane != null) {
            return actor(call, pane, agents);
        }
        if (!call.caller().isPerson()) {
            throw badRequest("params.caller_pane is required for callers inside of containers or started by an agent");
        }
        return Actor.hostOperator();
    }

    /**
     * The id of an agent that the caller may describe and record.
     *
     * @throws RefusedException {@code BAD_REQUEST} if it runs in another container than the caller, and as {@link AgentLookup#id}
     */
    static AgentId reached(Call call, AgentLookup lookup, String idOrLabel) {
        AgentId id = lookup.id(idOrLabel);
        if (!call.caller().isOnHost()) {
            lookup.known(id).map(agent -> agent.pane().container()).ifPresent(call.caller()::requireReach);
        }
        return id;
    }

    private static PaneKey key(ObjectNode callerPane) {
        if (!(callerPane.get(KEY) instanceof ObjectNode key)) {
            throw badRequest("params." + NAME + "." + KEY + " must be an object");
        }
        for (String part : RegistrationParams.KEY_PARTS) {
            JsonNode value = key.get(part);
            if (value == null
                    || value.isNull()
                    || (value.isTextual() && value.textValue().isEmpty())) {
                throw badRequest(KEY + " lacks " + part);
            }
        }
        return new PaneKey(
                new ContainerId(text(key, "container_id")),
                text(key, "tmux_socket_path"),
                text(key, "tmux_session_name"),
                index(key, "tmux_window_index"),
                index(key, "tmux_pane_index"),
                text(key, "tmux_pane_id"));
    }

    private static String text(ObjectNode key, String part) {
        JsonNode value = key.path(part);
        if (value.isContainerNode()) {
            throw badRequest(KEY + "." + part + " must be a string");
        }
        return value.asText();
    }

    private static int index(ObjectNode key, String part) {
        JsonNode value = key.path(part);
        try {
            if (value.isTextual()) {
                return Integer.parseInt(value.textValue().strip());
            }
        } catch (NumberFormatException e) {
            throw badRequest(KEY + "." + part + " must be an integer");
        }
        if (!value.isNumber() || !value.canConvertToInt()) {
            throw badRequest(KEY + "." + part + " must be an integer");
        }
        return value.intValue();
    }
}

package dev.agenttower.cli.pane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.surroundings.TmuxIdentity;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import org.jspecify.annotations.Nullable;

/** Finds the pane that this command runs in, and its agent. */
public final class CallerAgent {
    private static final Timeouts CHANGE = Timeouts.answerWithin(30);

    private final DaemonAccess daemon;
    private final CliContext context;

    public CallerAgent(DaemonAccess daemon, CliContext context) {
        this.daemon = daemon;
        this.context = context;
    }

    /**
     * The parameter {@code caller_pane}, with the active agent of the pane if there is one.
     *
     * @throws RefusedException if the pane cannot be found
     */
    public ObjectNode pane() {
        ObjectNode key = new OwnPane(daemon, context).key();
        ObjectNode pane = JsonText.object();
        for (JsonNode agent : daemon.activeAgents(key.path("container_id").textValue())) {
            boolean isHere = true;
            for (String field : (Iterable<String>) key::fieldNames) {
                isHere &= agent.path(field).equals(key.path(field));
            }
            if (isHere) {
                pane.set("agent_id", agent.path("agent_id"));
            }
        }
        pane.set("pane_composite_key", key);
        return pane;
    }

    /**
     * The pane of an operator; null for a person on the host.
     *
     * @throws RefusedException in a container, if the pane cannot be found or has no active agent
     */
    public @Nullable ObjectNode operatorPane() {
        boolean isInContainer = !new OwnPane(daemon, context).isOnDaemonsHost();
        if (!isInContainer && !(TmuxIdentity.of(context.environment()) instanceof TmuxIdentity.InPane)) {
            return null;
        }
        try {
            ObjectNode pane = pane();
            if (pane.has("agent_id")) {
                return pane;
            }
        } catch (RefusedException | DaemonErrorException e) {
            if (isInContainer && !isHostContext(e)) {
                throw e;
            }
            return null;
        }
        if (isInContainer) {
            throw notRegistered();
        }
        return null;
    }

    /** Adds the pane of an operator to parameters, if it has one. */
    public void addTo(ObjectNode params) {
        ObjectNode pane = operatorPane();
        if (pane != null) {
            params.set("caller_pane", pane);
        }
    }

    /**
     * Ends an agent and its recording. A pane that is gone already needs neither.
     *
     * @param agentId its id
     * @throws DaemonErrorException if the daemon refuses it
     */
    public void end(String agentId) {
        try {
            daemon.call("detach_log", DaemonAccess.agentParams().put("agent_id", agentId), CHANGE);
        } catch (DaemonErrorException e) {
            // It is not recorded any more.
        }
        ObjectNode params = DaemonAccess.agentParams().put("agent_id", agentId);
        addTo(params);
        daemon.call("end_agent", params, CHANGE);
    }

    public static boolean isHostContext(RuntimeException failure) {
        return failure instanceof RefusedException refusal && refusal.code() == ErrorCode.HOST_CONTEXT_UNSUPPORTED;
    }

    public static RefusedException notRegistered() {
        return new RefusedException(
                ErrorCode.SENDER_NOT_IN_PANE,
                "no active agent is registered in this pane; run `agenttower register-self` here first");
    }
}

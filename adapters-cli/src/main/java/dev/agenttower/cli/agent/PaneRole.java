package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.cli.governance.session.Assignment;
import dev.agenttower.cli.pane.CallerAgent;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives an agent that was just registered its role in a governed project. */
final class PaneRole {
    private static final String PROJECT = "governance_project";
    private static final String ROLE = "governance_role";
    private static final String SPEC = "governance_spec";
    private static final String SESSION = "governance_session";

    private final Assignment work;
    private final DaemonAccess daemon;
    private final CliContext context;

    PaneRole(Assignment work, DaemonAccess daemon, CliContext context) {
        this.work = work;
        this.daemon = daemon;
        this.context = context;
    }

    /**
     * Binds the process of the pane, and adds the role to the row of the agent. If that is refused, an agent that was not there before ends. The
     * agent has one such session, which a repetition renews.
     *
     * @param agent the row of the agent, which is active
     * @param isNew whether it was registered for this
     * @param passphrase for the pane of somebody else; null for the own one
     */
    void bind(ObjectNode agent, boolean isNew, @Nullable PassphraseOption passphrase) {
        String id = agent.path("agent_id").asText();
        try {
            long pid = panePid(id);
            String label = agent.path("label").asText("");
            Function<GovernanceClient, String> start =
                    client -> work.bind(label.isBlank() ? id : label, "ses_" + id, pid, client);
            String session = Governance.ask(
                    context, null, client -> passphrase == null ? start.apply(client) : passphrase.call(client, start));
            agent.put(PROJECT, work.project())
                    .put(ROLE, work.role())
                    .put(SPEC, work.spec())
                    .put(SESSION, session);
        } catch (RuntimeException e) {
            if (isNew) {
                end(id, e);
            }
            throw e;
        }
    }

    private long panePid(String id) {
        for (JsonNode agent : daemon.activeAgents(null)) {
            if (agent.path("agent_id").asText().equals(id)) {
                return agent.path("pane_pid").asLong();
            }
        }
        throw new RefusedException(ErrorCode.AGENT_NOT_FOUND, "the pane of agent " + id + " has just ended");
    }

    private void end(String id, RuntimeException cause) {
        try {
            new CallerAgent(daemon, context).end(id);
        } catch (DaemonErrorException e) {
            cause.addSuppressed(e);
        }
    }

    /** Adds the role of an agent, if it has one. */
    static void show(JsonNode agent, Facts facts) {
        if (agent.has(ROLE)) {
            for (String field : new String[] {PROJECT, ROLE, SPEC, SESSION}) {
                facts.add(field, agent.path(field).asText(""));
            }
        }
    }
}

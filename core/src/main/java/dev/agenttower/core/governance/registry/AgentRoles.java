package dev.agenttower.core.governance.registry;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.governance.hook.HookedAgents;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.role.GovernedSession;
import dev.agenttower.core.governance.role.SessionMember;
import dev.agenttower.core.governance.role.SessionStoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The roles of the tower's agents in governed projects: those of the running sessions that are bound to processes in their panes. Agents of
 * containers have none, because their processes cannot be told from the numbers of their panes. Thread-safe.
 */
public final class AgentRoles {
    private final GovernedProjects projects;
    private final ProcessTree processes;
    private final HookedAgents agents;

    /** Roles in the projects that are open. */
    public AgentRoles(GovernedProjects projects, ProcessTree processes, HookedAgents agents) {
        this.projects = requireNonNull(projects, "projects");
        this.processes = requireNonNull(processes, "processes");
        this.agents = requireNonNull(agents, "agents");
    }

    /**
     * The roles of the agents that have one. Of several sessions in a pane, the one that started last counts. A project whose sessions cannot be
     * read is left out.
     *
     * @throws dev.agenttower.core.failure.StorageException if the agents cannot be read
     */
    public Map<AgentId, AgentRole> find() {
        Map<AgentId, AgentRole> roles = new HashMap<>();
        List<AgentListing> onHost = agents.onHost();
        if (onHost.isEmpty()) {
            return roles;
        }
        for (GovernedProject project : projects.opened()) {
            for (GovernedSession session : sessions(project)) {
                agentOf(session, onHost)
                        .ifPresent(agent -> roles.merge(
                                agent.id(),
                                new AgentRole(project.name(), session),
                                (one, other) -> one.session()
                                                        .ts()
                                                        .compareTo(
                                                                other.session().ts())
                                                > 0
                                        ? one
                                        : other));
            }
        }
        return roles;
    }

    private static List<GovernedSession> sessions(GovernedProject project) {
        try {
            return project.sessions().list();
        } catch (SessionStoreException e) {
            return List.of();
        }
    }

    private Optional<Agent> agentOf(GovernedSession session, List<AgentListing> onHost) {
        return Optional.ofNullable(session.root())
                .map(SessionMember::mark)
                .filter(processes::isRunning)
                .flatMap(root -> HookedAgents.inPane(onHost, processes.lineage(root.pid())));
    }

    /**
     * The role of an agent.
     *
     * @param project the name of the project
     * @param session the session that gives it the role
     */
    public record AgentRole(String project, GovernedSession session) {}
}

package dev.agenttower.core.agent;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stored agents. An implementation must show writes of other processes at once, show only committed rows, and be thread-safe. */
public interface AgentStore {
    /**
     * The agents, active ones first, then by container id, parent (none first), label and id, compared byte by byte.
     *
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be read
     */
    List<AgentListing> list(AgentFilter filter);

    /** One agent, with data of its container and pane. */
    Optional<AgentListing> find(AgentId id);

    /**
     * The panes that rules may adopt, as {@link Writes#isAdoptable} says, by container id, socket, session, window and pane index.
     *
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be read
     */
    List<AdoptablePane> adoptablePanes();

    /**
     * Runs {@code work} in one write transaction and commits it; an exception of {@code work} rolls back and propagates.
     *
     * @throws dev.agenttower.core.failure.StorageBusyException if another writer does not finish within five seconds
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be written
     */
    <T> T write(Function<Writes, T> work);

    /** Operations on agents within a transaction. Valid only inside {@link #write}. */
    interface Writes {
        /** Whether the container is stored and active. */
        boolean isContainerActive(ContainerId container);

        /** Whether the pane is stored and active. */
        boolean isPaneActive(PaneKey pane);

        /** The agent of a pane. */
        Optional<Agent> findByPane(PaneKey pane);

        /** The agent with this id. */
        Optional<Agent> findById(AgentId id);

        /** Whether an agent has this id. */
        default boolean exists(AgentId id) {
            return findById(id).isPresent();
        }

        /** The active agents with exactly this label, by id. */
        List<AgentId> activeWithLabel(String label);

        /** Stores a new agent. */
        void insert(Agent agent);

        /** Stores all changeable fields of a known agent: role, capability, label, project path, permissions, registration time, activity. */
        void update(Agent agent);

        /** Deletes an agent with its program, its log attachments and how far those were read. */
        void remove(AgentId agent);

        /**
         * Keeps the rules of adoption from a pane for as long as it lives, wherever it is moved; does nothing if it is not stored and active. A
         * pane of another run of the tmux server is another pane.
         */
        void decline(PaneKey pane);

        /**
         * Whether rules may adopt a pane: it and its container are stored and active, no active agent has it, and it was not declined.
         */
        boolean isAdoptable(PaneKey pane);

        /** The foreground program of a pane, as the latest scan saw it; empty if the pane is not stored or has none. */
        Optional<String> foregroundProgram(PaneKey pane);

        /** Stores the foreground program that an agent's pane had when it was adopted; null if it is unknown. */
        void setProgram(AgentId agent, @Nullable String program);
    }
}

package dev.agenttower.core.directory;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages and single rows of benches, panes and agents. An implementation must
 *
 * <ul>
 *   <li>read from one consistent state for each call, and show what other processes wrote at once;
 *   <li>go on after a position whether or not the row before it still exists: rows that neither come nor go are each shown exactly once;
 *   <li>need no more time for a late page than for the first;
 *   <li>be thread-safe.
 * </ul>
 *
 * <p>Every method throws {@link dev.agenttower.core.failure.StorageException} if the store cannot be read, and
 * {@link IllegalArgumentException} for a position that does not fit the sort.
 */
public interface Directory {
    /** A page of benches. */
    Page<ContainerView> containers(PageRequest<ContainerCriteria, ContainerOrder> request);

    /** One bench. */
    Optional<ContainerView> container(ContainerId id);

    /** A page of panes. */
    Page<PaneView> panes(PageRequest<PaneCriteria, PaneOrder> request);

    /**
     * The first pane with this tmux id: active ones first, then by container id, socket, session, window and pane index.
     *
     * @param container narrows to a bench; null is all
     * @param socketPath narrows to a tmux server; null is all
     */
    Optional<PaneView> pane(String paneId, @Nullable ContainerId container, @Nullable String socketPath);

    /** A page of agents. */
    Page<AgentView> agents(PageRequest<AgentCriteria, AgentOrder> request);

    /** One agent. */
    Optional<AgentView> agent(AgentId id);
}

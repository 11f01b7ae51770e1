package dev.agenttower.core.directory;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists, page by page, and single rows of bench containers, panes, agents, events, log attachments, messages and routes. An implementation must
 *
 * <ul>
 *   <li>have every list of {@link #LISTS};
 *   <li>read one consistent state for each call, and show writes of other processes at once;
 *   <li>continue after a position whether or not the row before it still exists, so that rows that are neither added nor removed appear exactly once;
 *   <li>need no more time for a late page than for the first;
 *   <li>be thread-safe.
 * </ul>
 *
 * <p>Every method throws {@link dev.agenttower.core.failure.StorageException} if the store cannot be read.
 */
public interface Directory {
    /** All lists. */
    List<ListDefinition<?>> LISTS = List.of(
            ContainerView.LIST,
            PaneView.LIST,
            AgentView.LIST,
            LogAttachmentView.LIST,
            EventView.LIST,
            QueueView.LIST,
            RouteView.LIST);

    /**
     * A page of a list.
     *
     * @throws IllegalArgumentException for a list that is not one of {@link #LISTS}
     */
    <R> Page<R> page(PageRequest<R> request);

    /** One container. */
    Optional<ContainerView> container(ContainerId id);

    /**
     * The first pane with this tmux id: active ones first, then by container id, socket, session, window and pane index.
     *
     * @param container narrows to a container; null is all
     * @param socketPath narrows to a tmux server; null is all
     */
    Optional<PaneView> pane(String paneId, @Nullable ContainerId container, @Nullable String socketPath);

    /** One agent. */
    Optional<AgentView> agent(AgentId id);

    /** One event. */
    Optional<EventView> event(long id);

    /** One log attachment. */
    Optional<LogAttachmentView> logAttachment(String id);

    /** One message of the queue. */
    Optional<QueueView> message(String id);

    /** One route. */
    Optional<RouteView> route(String id);
}

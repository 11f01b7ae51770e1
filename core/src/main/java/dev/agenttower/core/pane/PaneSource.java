package dev.agenttower.core.pane;

import dev.agenttower.core.container.ContainerEngineException;

/**
 * tmux inside bench containers. An implementation must
 *
 * <ul>
 *   <li>change nothing in the user's sessions, clients, sizes, hooks or options, and start no server;
 *   <li>answer within five seconds for each container, and kill the processes it started when it gives up;
 *   <li>skip files in the socket folder that are not sockets;
 *   <li>answer for a socket whose server has ended that it has no panes;
 *   <li>decode the output of tmux as UTF-8, replacing invalid bytes, and split rows at LF only;
 *   <li>be thread-safe: containers are queried in parallel.
 * </ul>
 */
public interface PaneSource {
    /**
     * Lists the panes of every tmux server of the user.
     *
     * @throws ContainerEngineException with {@code DOCKER_UNAVAILABLE} if the engine as a whole is unavailable
     */
    BenchPanes list(BenchTarget target);
}

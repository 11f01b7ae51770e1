package dev.agenttower.core.pane;

import dev.agenttower.core.container.ContainerEngineException;

/**
 * tmux inside benches. An implementation must
 *
 * <ul>
 *   <li>change nothing in the user's sessions, clients, sizes, hooks or options, and start no server;
 *   <li>answer within five seconds for each bench, and kill what it started when it gives up;
 *   <li>skip what is no socket in the socket folder;
 *   <li>read what tmux prints as UTF-8, invalid bytes replaced, and split rows at LF only;
 *   <li>be thread-safe: benches are asked side by side.
 * </ul>
 */
public interface PaneSource {
    /**
     * Asks every tmux server of the bench user for its panes.
     *
     * @throws ContainerEngineException with {@code DOCKER_UNAVAILABLE} if the engine as a whole is gone
     */
    BenchPanes list(BenchTarget target);
}

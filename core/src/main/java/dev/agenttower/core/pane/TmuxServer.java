package dev.agenttower.core.pane;

/**
 * One run of a tmux server. The two values together are unique within a container, independent of the socket.
 *
 * @param pid its process, in the pid namespace of its container
 * @param startedAt when it started, in seconds since the epoch, as reported by tmux
 */
public record TmuxServer(long pid, long startedAt) {}

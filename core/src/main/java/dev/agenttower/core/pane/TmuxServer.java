package dev.agenttower.core.pane;

/**
 * One life of a tmux server. No two servers of a bench have both in common, whatever socket they listen on.
 *
 * @param pid its process, in the bench's own numbering
 * @param startedAt when it started, in seconds since the epoch, as tmux tells it
 */
public record TmuxServer(long pid, long startedAt) {}

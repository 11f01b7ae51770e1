package dev.agenttower.core.pane;

import dev.agenttower.core.container.ContainerId;

/**
 * The target of a tmux query.
 *
 * @param user the user to run tmux as: a name or a numeric id, not empty
 */
public record BenchTarget(ContainerId container, String name, String user) {}

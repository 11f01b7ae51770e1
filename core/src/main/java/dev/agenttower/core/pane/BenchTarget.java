package dev.agenttower.core.pane;

import dev.agenttower.core.container.ContainerId;

/**
 * Where tmux is to be asked.
 *
 * @param user the user to ask as: a name or a numeric id, not empty
 */
public record BenchTarget(ContainerId container, String name, String user) {}

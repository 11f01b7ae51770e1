/**
 * tmux in bench containers and on the host: lists panes, and detects opened and closed panes. Only queries tmux; changes no session,
 * client, size, hook or option.
 */
@NullMarked
package dev.agenttower.bench.tmux;

import org.jspecify.annotations.NullMarked;

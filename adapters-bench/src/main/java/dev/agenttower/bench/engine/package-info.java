/**
 * The Docker Engine API over its Unix socket: containers, their details, commands inside them and the event stream. Independent of tmux.
 */
@NullMarked
package dev.agenttower.bench.engine;

import org.jspecify.annotations.NullMarked;

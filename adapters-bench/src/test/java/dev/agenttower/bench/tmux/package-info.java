/** Tests of what tmux and shells print, read back. */
@NullMarked
package dev.agenttower.bench.tmux;

import org.jspecify.annotations.NullMarked;

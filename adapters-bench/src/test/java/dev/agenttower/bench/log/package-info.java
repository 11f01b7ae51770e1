/** Tests of what tmux and shells print, read back. */
@NullMarked
package dev.agenttower.bench.log;

import org.jspecify.annotations.NullMarked;

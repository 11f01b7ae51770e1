/** Governed projects, and the daemon's own notes on what it wrote there. */
@NullMarked
package dev.agenttower.sqlite.governance;

import org.jspecify.annotations.NullMarked;

/** Governed projects, and the daemon's own notes on their ledgers, files and changes. */
@NullMarked
package dev.agenttower.sqlite.governance;

import org.jspecify.annotations.NullMarked;

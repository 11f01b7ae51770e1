/** Panes and their scans. */
@NullMarked
package dev.agenttower.sqlite.pane;

import org.jspecify.annotations.NullMarked;

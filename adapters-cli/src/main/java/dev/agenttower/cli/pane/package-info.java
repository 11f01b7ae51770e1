/** The commands on panes. */
@NullMarked
package dev.agenttower.cli.pane;

import org.jspecify.annotations.NullMarked;

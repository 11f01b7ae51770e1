/** The commands on panes, and the pane that a command runs in. */
@NullMarked
package dev.agenttower.cli.pane;

import org.jspecify.annotations.NullMarked;

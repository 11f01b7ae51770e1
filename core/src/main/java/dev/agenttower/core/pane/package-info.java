/** The tmux panes of containers and of the host, and the ports that read, watch and store them. */
@NullMarked
package dev.agenttower.core.pane;

import org.jspecify.annotations.NullMarked;

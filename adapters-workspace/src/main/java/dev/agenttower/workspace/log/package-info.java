/** The files of pane logs: looking at them, reading them, and being told when they change. */
@NullMarked
package dev.agenttower.workspace.log;

import org.jspecify.annotations.NullMarked;

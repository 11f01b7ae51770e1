/** The lists of containers, panes and agents, by pages. */
@NullMarked
package dev.agenttower.sqlite.directory;

import org.jspecify.annotations.NullMarked;

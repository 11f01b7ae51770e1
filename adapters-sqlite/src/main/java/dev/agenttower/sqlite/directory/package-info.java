/** The paged lists of containers, panes and agents. */
@NullMarked
package dev.agenttower.sqlite.directory;

import org.jspecify.annotations.NullMarked;

/**
 * The read models of benches, panes and agents, in pages and one by one.
 */
@NullMarked
package dev.agenttower.core.directory;

import org.jspecify.annotations.NullMarked;

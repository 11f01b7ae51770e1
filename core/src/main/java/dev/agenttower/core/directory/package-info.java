/**
 * The lists that control panels read: bench containers, panes, agents and events. Each view is a row and carries the definition of its list.
 */
@NullMarked
package dev.agenttower.core.directory;

import org.jspecify.annotations.NullMarked;

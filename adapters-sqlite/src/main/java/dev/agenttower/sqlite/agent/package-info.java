/** Agents and the processes that are theirs. */
@NullMarked
package dev.agenttower.sqlite.agent;

import org.jspecify.annotations.NullMarked;

/** Agents and their processes. */
@NullMarked
package dev.agenttower.sqlite.agent;

import org.jspecify.annotations.NullMarked;

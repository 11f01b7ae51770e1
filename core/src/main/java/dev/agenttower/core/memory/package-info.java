/**
 * The tables of the tower in memory: twins of every store port, for tests and for embedding without a database. They are the executable
 * specification of those ports. Entry: {@link dev.agenttower.core.memory.InMemoryTables}.
 */
@NullMarked
package dev.agenttower.core.memory;

import org.jspecify.annotations.NullMarked;

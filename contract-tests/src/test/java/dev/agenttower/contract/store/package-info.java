/**
 * What every implementation of the store ports must do: suites that run against the database and against the tables in memory.
 */
@NullMarked
package dev.agenttower.contract.store;

import org.jspecify.annotations.NullMarked;

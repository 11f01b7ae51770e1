/**
 * What every implementation of a port of governance must do, run against the files of a project and against the twins in memory.
 */
@NullMarked
package dev.agenttower.contract.governance;

import org.jspecify.annotations.NullMarked;

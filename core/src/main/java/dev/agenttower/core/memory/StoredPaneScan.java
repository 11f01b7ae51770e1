package dev.agenttower.core.memory;

import dev.agenttower.core.pane.PaneScan;

/**
 * A pane scan as a table holds it.
 *
 * @param withDetails whether its problems are stored
 */
public record StoredPaneScan(PaneScan scan, boolean withDetails) {}

package dev.agenttower.core.memory;

import dev.agenttower.core.container.ContainerScan;

/**
 * A container scan as a table holds it.
 *
 * @param withDetails whether its problems are stored
 */
public record StoredContainerScan(ContainerScan scan, boolean withDetails) {}

package dev.agenttower.core.governance.project;

import org.jspecify.annotations.Nullable;

/**
 * Where a path leads.
 *
 * @param normal its normal form by text alone, relative to the root where it is below the root by text
 * @param real where it leads when every link is followed, relative to the root; null when that is outside the root
 */
public record Located(String normal, @Nullable String real) {}

package dev.agenttower.core.governance.project;

import org.jspecify.annotations.Nullable;

/**
 * A resolved path.
 *
 * @param normal its normal form by text alone, relative to the root where it is below the root by text
 * @param real the path with every link followed, relative to the root; null when it is outside the root
 */
public record Located(String normal, @Nullable String real) {}

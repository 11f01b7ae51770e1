/**
 * Drift: changes of sovereign files that no human authorized. Baselines are kept outside of the project, so that a program that changes a file
 * cannot change its baseline too.
 *
 * <p>{@link dev.agenttower.core.governance.drift.SovereignDrift} compares one project and reports to its ledger. It does not schedule the
 * comparisons.
 */
@NullMarked
package dev.agenttower.core.governance.drift;

import org.jspecify.annotations.NullMarked;

/**
 * Drift: sovereign files that change without an authorized change. What is known of them is kept outside of the project, so that who changes a
 * file does not change that as well.
 *
 * <p>{@link dev.agenttower.core.governance.drift.SovereignDrift} compares one project and tells its ledger. It knows nothing of when to
 * compare.
 */
@NullMarked
package dev.agenttower.core.governance.drift;

import org.jspecify.annotations.NullMarked;

/**
 * Changes of sovereign files: proposed by agents, decided by a human who sees a preview, and applied so that a crash at any moment leaves either
 * the whole change with its events or neither.
 *
 * <p>{@link dev.agenttower.core.governance.change.ChangeSubmission}, {@link dev.agenttower.core.governance.change.ChangeReview},
 * {@link dev.agenttower.core.governance.change.ChangeDecision} and {@link dev.agenttower.core.governance.change.ChangeRecovery} are the use
 * cases.
 */
@NullMarked
package dev.agenttower.core.governance.change;

import org.jspecify.annotations.NullMarked;

/** Applies authorized changes to their files so that a restart can determine the outcome of each. */
@NullMarked
package dev.agenttower.core.governance.change.application;

import org.jspecify.annotations.NullMarked;

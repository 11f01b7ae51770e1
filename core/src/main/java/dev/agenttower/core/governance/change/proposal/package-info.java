/** Proposed changes of sovereign files: what a request contains, its states, and what it makes of a text. */
@NullMarked
package dev.agenttower.core.governance.change.proposal;

import org.jspecify.annotations.NullMarked;

/** Proposed changes of sovereign files: the content of a request, its status, and its effect on a text. */
@NullMarked
package dev.agenttower.core.governance.change.proposal;

import org.jspecify.annotations.NullMarked;

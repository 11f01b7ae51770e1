/** The ledger of a project: a file to which lines are appended durably, read from its end, and verified. */
@NullMarked
package dev.agenttower.workspace.ledger;

import org.jspecify.annotations.NullMarked;

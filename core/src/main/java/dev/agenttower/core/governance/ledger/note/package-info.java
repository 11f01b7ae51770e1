/** Notes kept outside of a project: the last known state of its ledger, and events that are written together with a file. */
@NullMarked
package dev.agenttower.core.governance.ledger.note;

import org.jspecify.annotations.NullMarked;

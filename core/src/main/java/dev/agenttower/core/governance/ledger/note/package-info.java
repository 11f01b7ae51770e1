/** What is noted outside of a project: its ledger as it was left, and events that are written together with a file. */
@NullMarked
package dev.agenttower.core.governance.ledger.note;

import org.jspecify.annotations.NullMarked;

package dev.agenttower.panel.governance;

import dev.agenttower.client.governance.change.SovereignChange;

/**
 * A change that waits for the human.
 *
 * @param project the name of its project
 */
record PendingChange(String project, SovereignChange change) {}

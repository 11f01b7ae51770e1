package dev.agenttower.cli.console;

import dev.agenttower.client.governance.change.SovereignChange;

/** A change request that waits for the human. */
record PendingChange(String project, SovereignChange change) {
    /** Its name among the changes of all projects. */
    String key() {
        return project + "/" + change.id();
    }
}

package dev.agenttower.cli.console;

import dev.agenttower.client.governance.change.ChangePreview;

/** A change, with its effect on its file in the state that the file was in when it was read. */
record Review(PendingChange change, ChangePreview preview) {}

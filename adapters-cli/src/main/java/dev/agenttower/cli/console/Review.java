package dev.agenttower.cli.console;

import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.core.inbox.InboxItem;

/**
 * A change, with its effect on its file in the state that the file was in when it was read.
 *
 * @param item what it is among what waits
 */
record Review(InboxItem item, SovereignChange change, ChangePreview preview) {}

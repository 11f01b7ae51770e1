package dev.agenttower.cli.console;

import dev.agenttower.client.governance.change.Authorization;
import dev.agenttower.core.inbox.InboxItem;
import org.jspecify.annotations.Nullable;

/**
 * What a person has decided on a change.
 *
 * @param authorization of exactly what was shown; null to reject the change
 * @param reason of a rejection; may be empty
 */
record Decision(InboxItem change, @Nullable Authorization authorization, String reason) {}

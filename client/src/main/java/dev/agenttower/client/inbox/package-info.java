/** What waits for the human, kept up to date by the daemon's inbox. */
@NullMarked
package dev.agenttower.client.inbox;

import org.jspecify.annotations.NullMarked;

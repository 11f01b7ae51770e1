/** What waits for the human, kept up to date by the daemon's inbox. */
@NullMarked
package dev.agenttower.panel.inbox;

import org.jspecify.annotations.NullMarked;

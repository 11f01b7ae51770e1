/** What waits for a person, in all projects and of all agents. */
@NullMarked
package dev.agenttower.core.inbox;

import org.jspecify.annotations.NullMarked;

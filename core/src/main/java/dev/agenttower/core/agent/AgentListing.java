package dev.agenttower.core.agent;

import org.jspecify.annotations.Nullable;

/**
 * An agent with what is known of its bench and pane.
 *
 * @param containerName the name of the bench, else the one its pane was stored with, else null
 * @param containerUser the configured user of the bench, unparsed, else the one its pane was stored with, else null
 * @param panePid the process of the pane, or null if the pane is not stored
 * @param cwd the working directory of the pane, or null if the pane is not stored
 */
public record AgentListing(
        Agent agent,
        @Nullable String containerName,
        @Nullable String containerUser,
        @Nullable Long panePid,
        @Nullable String cwd) {}

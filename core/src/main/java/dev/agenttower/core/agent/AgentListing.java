package dev.agenttower.core.agent;

import org.jspecify.annotations.Nullable;

/**
 * An agent with data of its container and pane.
 *
 * @param containerName the name of the container, else the one stored with its pane, else null
 * @param containerUser the configured user of the container, unparsed, else the one stored with its pane, else null
 * @param panePid the process of the pane, or null if the pane is not stored
 * @param cwd the working directory of the pane, or null if the pane is not stored
 */
public record AgentListing(
        Agent agent,
        @Nullable String containerName,
        @Nullable String containerUser,
        @Nullable Long panePid,
        @Nullable String cwd) {}

package dev.agenttower.core.governance.role;

import org.jspecify.annotations.Nullable;

/**
 * A session of an agent, in which it has one role.
 *
 * @param id its id
 * @param agent the agent
 * @param role its role
 * @param specId the spec it works under
 * @param ts when it was started
 * @param sandbox whether it runs in a sandbox
 * @param root the process below which everything belongs to it; null when none is known
 */
public record GovernedSession(
        String id,
        String agent,
        String role,
        String specId,
        String ts,
        boolean sandbox,
        @Nullable ProcessMark root) {}

package dev.agenttower.core.directory;

import org.jspecify.annotations.Nullable;

/**
 * Which agents a page shows; all conditions hold together, null is all.
 *
 * @param role the exact role; one outside the closed set shows nothing
 * @param capability the exact capability
 * @param containerId 64 characters are an exact id, fewer a prefix
 * @param logAttached whether an active log attachment exists
 */
public record AgentCriteria(
        @Nullable String role,
        @Nullable String capability,
        @Nullable String containerId,
        @Nullable Boolean logAttached) {
    /** Every agent. */
    public static final AgentCriteria ALL = new AgentCriteria(null, null, null, null);
}

package dev.agenttower.client.governance.role;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A session to start for an agent.
 *
 * @param by the agent and its role
 * @param specId the spec for its work
 * @param id its id, or null to let the daemon generate one
 * @param isSandboxed whether it runs in a sandbox; recorded only
 * @param pid the process to bind the session to, with its descendants: the calling process or an ancestor; null for none. A bound process
 *     counts as an agent for as long as it lives
 */
public record SessionDraft(
        Actor by,
        String specId,
        @Nullable String id,
        boolean isSandboxed,
        @Nullable Long pid) {
    /** Checks that required parts are not null. */
    public SessionDraft {
        requireNonNull(by, "by");
        requireNonNull(specId, "specId");
    }

    /** A session with a generated id, bound to no process. */
    public static SessionDraft of(Actor by, String specId) {
        return new SessionDraft(by, specId, null, false, null);
    }

    /** The same session, bound to a process. */
    public SessionDraft boundTo(long newPid) {
        return new SessionDraft(by, specId, id, isSandboxed, newPid);
    }
}

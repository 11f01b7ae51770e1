package dev.agenttower.client.governance.role;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A session of an agent that is to be started.
 *
 * @param by the agent and its role
 * @param specId the spec that it works under
 * @param id its id, or null to let the daemon make one
 * @param isSandboxed whether it runs in a sandbox; recorded only
 * @param pid the process to which the session is bound with all that is below it: the calling one or one above it; null to bind none. A
 *     bound process is taken for an agent for as long as it lives
 */
public record SessionDraft(
        Actor by,
        String specId,
        @Nullable String id,
        boolean isSandboxed,
        @Nullable Long pid) {
    /** Checks that nothing is missing. */
    public SessionDraft {
        requireNonNull(by, "by");
        requireNonNull(specId, "specId");
    }

    /** A session that is bound to no process, with an id that the daemon makes. */
    public static SessionDraft of(Actor by, String specId) {
        return new SessionDraft(by, specId, null, false, null);
    }

    /** The same session, bound to a process. */
    public SessionDraft boundTo(long newPid) {
        return new SessionDraft(by, specId, id, isSandboxed, newPid);
    }
}

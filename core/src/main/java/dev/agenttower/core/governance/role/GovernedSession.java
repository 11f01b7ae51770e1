package dev.agenttower.core.governance.role;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of an agent, in which it has one role. Its process keeps the role for as long as it runs, also when the session has ended: an agent
 * cannot put its role off.
 *
 * @param id its id
 * @param agent the agent
 * @param role its role
 * @param specId the spec it works under
 * @param ts when it was started
 * @param sandbox whether it runs in a sandbox
 * @param root the process below which everything belongs to it; null when none is known
 * @param endedAt when it was ended; null while it has not been
 */
public record GovernedSession(
        String id,
        String agent,
        String role,
        String specId,
        String ts,
        boolean sandbox,
        @Nullable SessionMember root,
        @Nullable String endedAt) {
    /** Whether it was ended, and only binds its process any more. */
    public boolean hasEnded() {
        return endedAt != null;
    }

    /** Whether it is that of the process which comes first in {@code lineage}, or of one above it. */
    boolean isOf(List<LiveProcess> lineage) {
        return root != null
                && lineage.stream().anyMatch(process -> process.mark().equals(root.mark()));
    }

    /** Whether it was started for the same process as another one. */
    boolean hasProcessOf(GovernedSession other) {
        return root != null && other.root != null && root.mark().equals(other.root.mark());
    }

    /** Whether a process that has lost its parents may have been started by its process. */
    boolean mayHaveLost(List<LiveProcess> lineage) {
        return root != null && root.mayHaveLost(lineage);
    }

    GovernedSession ended(String at) {
        return new GovernedSession(id, agent, role, specId, ts, sandbox, root, at);
    }

    /** This one as it goes on to bind what its process left, beside the one of its id that has another process. */
    GovernedSession leftBehind(String at) {
        String leftId = root == null
                ? id
                : id + "~" + root.mark().pid() + "." + root.mark().startTicks();
        return new GovernedSession(leftId, agent, role, specId, ts, sandbox, root, endedAt == null ? at : endedAt);
    }
}

package dev.agenttower.core.governance.role;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of an agent with one role. Its process keeps the role while it runs, even after the session has ended, so that an agent cannot drop
 * its role.
 *
 * @param id its id
 * @param agent the agent
 * @param role its role
 * @param specId the spec it works under
 * @param ts when it was started
 * @param sandbox whether it runs in a sandbox
 * @param root the process whose descendants belong to it; null when unknown
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
    /** Whether it has ended and only still binds its process. */
    public boolean hasEnded() {
        return endedAt != null;
    }

    /** Whether its process is in {@code lineage}. */
    boolean isOf(List<LiveProcess> lineage) {
        return root != null
                && lineage.stream().anyMatch(process -> process.mark().equals(root.mark()));
    }

    /** Whether it has the same process as another session. */
    boolean hasProcessOf(GovernedSession other) {
        return root != null && other.root != null && root.mark().equals(other.root.mark());
    }

    /** Whether its process may have started a process that has lost its parents. */
    boolean mayHaveLost(List<LiveProcess> lineage) {
        return root != null && root.mayHaveLost(lineage);
    }

    GovernedSession ended(String at) {
        return new GovernedSession(id, agent, role, specId, ts, sandbox, root, at);
    }

    /** A copy under another id that keeps binding the processes left by its process, beside the session with the original id. */
    GovernedSession leftBehind(String at) {
        String leftId = root == null
                ? id
                : id + "~" + root.mark().pid() + "." + root.mark().startTicks();
        return new GovernedSession(leftId, agent, role, specId, ts, sandbox, root, endedAt == null ? at : endedAt);
    }
}

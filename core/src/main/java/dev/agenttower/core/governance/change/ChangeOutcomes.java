package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided about change requests, until their agents have been told. Kept in memory: an agent whose hook calls for the first time
 * after a restart of the daemon is not told of earlier decisions. Thread-safe.
 */
public final class ChangeOutcomes {
    /** The largest number of decisions that are kept; the oldest goes first. */
    public static final int MAX = 1000;

    private final Deque<Outcome> untold = new ArrayDeque<>();

    /** Notes a decision. */
    synchronized void decided(ChangeRequest request, @Nullable String rejection) {
        if (untold.size() == MAX) {
            untold.removeFirst();
        }
        String told = rejection == null
                ? "Change request " + request.id() + " was authorized by a person; " + request.targetPath()
                        + " has the change now. Read the file before you rely on it: the person may have edited the change."
                : "Change request " + request.id() + " of " + request.targetPath() + " was rejected by a person"
                        + (rejection.isBlank() ? "" : ": " + rejection) + ". Do not propose it again as it was.";
        untold.addLast(new Outcome(request.agent(), request.role(), told));
    }

    /** Whether there is nothing to tell anybody. */
    public synchronized boolean isEmpty() {
        return untold.isEmpty();
    }

    /** Takes what an agent in a role has not been told, oldest first. Names are compared without regard to case. */
    public synchronized List<String> take(String agent, String role) {
        List<String> taken = new ArrayList<>();
        for (Iterator<Outcome> all = untold.iterator(); all.hasNext(); ) {
            Outcome outcome = all.next();
            if (outcome.agent.equalsIgnoreCase(agent) && outcome.role.equalsIgnoreCase(role)) {
                taken.add(outcome.told);
                all.remove();
            }
        }
        return taken;
    }

    private record Outcome(String agent, String role, String told) {}
}

package dev.agenttower.panel.security;

import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.human.ProcessIdentity;
import dev.agenttower.panel.security.Connections.End;
import dev.agenttower.panel.security.Visitor.Standing;
import java.util.Optional;
import java.util.Set;

/**
 * Tells who is at the other end of a connection. The rules are the daemon's: the panel finds the process, the daemon says what it takes it
 * for. Thread-safe.
 */
public final class VisitorCheck {
    private static final Set<String> REFUSED = Set.of("agent_process", "other_user", "not_on_host");
    private static final String UNKNOWN = "unknown_process";

    private final GovernanceClient daemon;
    private final Connections connections;
    private final long ownUser;

    /** A check that asks this daemon. */
    public VisitorCheck(GovernanceClient daemon, Connections connections, long ownUser) {
        this.daemon = daemon;
        this.connections = connections;
        this.ownUser = ownUser;
    }

    /** Who sends a request that came from {@code theirPort} to {@code ownPort}. Of several processes, the least trusted one counts. */
    public Visitor visitor(int theirPort, int ownPort) {
        Optional<End> end = connections.otherEnd(theirPort, ownPort);
        if (end.isPresent() && end.get().user() != ownUser) {
            return new Visitor(
                    Standing.REFUSED, "other_user", "the caller is another user than the one the panel runs as", false);
        }
        try {
            return end.isEmpty() || end.get().processes().isEmpty() ? unknown() : known(end.get(), theirPort, ownPort);
        } catch (DaemonException unanswered) {
            return new Visitor(Standing.UNCERTAIN, UNKNOWN, "the daemon does not say who calls", false);
        }
    }

    private Visitor known(End end, int theirPort, int ownPort) {
        Visitor least = new Visitor(Standing.HUMAN, "human", "taken for a human", false);
        for (long process : end.processes()) {
            Visitor visitor = of(daemon.identityOf(process));
            if (visitor.standing().compareTo(least.standing()) >= 0) {
                least = visitor;
            }
        }
        // The number of a process that ended may have become another one's meanwhile.
        return connections.otherEnd(theirPort, ownPort).equals(Optional.of(end)) ? least : unknown();
    }

    private Visitor unknown() {
        // This process is the one that the daemon knows for certain; only the passphrase is asked for here.
        boolean asksPassphrase =
                daemon.identityOf(ProcessHandle.current().pid()).asksPassphrase();
        return new Visitor(
                Standing.UNCERTAIN, UNKNOWN, "which process calls, and from where, cannot be told", asksPassphrase);
    }

    private static Visitor of(ProcessIdentity identity) {
        String reason = identity.humanReason();
        if (identity.isHuman()) {
            return new Visitor(Standing.HUMAN, "human", identity.explanation(), identity.asksPassphrase());
        }
        return new Visitor(
                reason != null && REFUSED.contains(reason) ? Standing.REFUSED : Standing.UNCERTAIN,
                reason == null ? UNKNOWN : reason,
                identity.explanation(),
                identity.asksPassphrase());
    }
}

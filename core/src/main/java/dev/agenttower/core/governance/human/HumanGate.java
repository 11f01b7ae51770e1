package dev.agenttower.core.governance.human;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.LiveProcess;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Admits callers that count as human: on the host itself, running as the daemon's user, not started by an agent, not naming an agent as sender,
 * and with the correct passphrase where one is set. Thread-safe.
 *
 * <p>A process counts as started by an agent if it runs below a marked process (see {@link AgentMarking}), in a kernel session led by one,
 * with a pane of an agent in its environment, or if it or one above it is recognised as that of a client (see {@link KnownClients}). A process that may have been started by an agent needs the passphrase: one that lost its parents
 * in a kernel session or pane shared by an agent and a human, one that a tmux server or the daemon itself runs, or one detached from everything.
 * A malicious program of the same user can imitate a process started by a human; only the passphrase stops it.
 */
public final class HumanGate {
    private final long ownUid;
    private final HostGate host;
    private final ProcessTree processes;
    private final AgentDescent descent;
    private final PassphraseCheck passphrase;

    /**
     * A gate.
     *
     * @param ownUid the user that the daemon runs as
     * @param daemon the process of the daemon, whose descendants are never human; 0 to skip this check
     * @param ticker the clock for limiting attempts, in nanoseconds from any origin
     */
    public HumanGate(
            long ownUid,
            HostGate host,
            ProcessTree processes,
            AgentProcesses agents,
            long daemon,
            OperatorPassphrase passphrase,
            LongSupplier ticker) {
        this.ownUid = ownUid;
        this.host = host;
        this.processes = processes;
        this.descent = new AgentDescent(processes, agents, daemon);
        this.passphrase = new PassphraseCheck(passphrase, ticker);
    }

    /** The reason to refuse a caller; empty admits it. */
    public Optional<NotHuman> refusal(Claimant claimant) {
        Optional<NotHuman> byOrigin = refusalByOrigin(claimant);
        return byOrigin.isPresent() ? byOrigin : passphrase.refusal(claimant.passphrase());
    }

    /** Like {@link #refusal}, without checking the passphrase. */
    public Optional<NotHuman> refusalByOrigin(Claimant claimant) {
        if (claimant.agent() != null && !claimant.agent().isEmpty()) {
            return Optional.of(NotHuman.AGENT_HEADER);
        }
        if (claimant.peer().uid() != ownUid) {
            return Optional.of(NotHuman.OTHER_USER);
        }
        if (!host.isOnHost(claimant.peer())) {
            return Optional.of(NotHuman.NOT_ON_HOST);
        }
        List<LiveProcess> now = processes.lineage(claimant.peer().pid());
        List<LiveProcess> before = claimant.lineageAtConnect();
        // The pid of the caller may have been reused since it connected.
        if (now.isEmpty()
                || before.isEmpty()
                || !now.get(0).mark().equals(before.get(0).mark())) {
            return Optional.of(NotHuman.UNKNOWN_PROCESS);
        }
        return descent.refusal(before, now).filter(why -> why != NotHuman.DETACHED_PROCESS || !passphrase.isAsked());
    }

    /** By what the process of an agent was known to which a caller belongs, one line for a person; empty if it belongs to none. */
    public Optional<String> agentSign(Claimant claimant) {
        return descent.sign(
                claimant.lineageAtConnect(), processes.lineage(claimant.peer().pid()));
    }

    /** Like {@link #refusalByOrigin(Claimant)}, for a process that calls somebody else, who asks. */
    public Optional<NotHuman> refusalByOrigin(long pid) {
        Peer peer = new Peer(processes.user(pid), pid);
        return refusalByOrigin(new Claimant(peer, processes.lineage(pid), null, null));
    }

    /** Why the stored passphrase hash is unusable, so that every passphrase is refused; empty if it is usable or none is set. */
    public Optional<String> passphraseProblem() {
        return Optional.ofNullable(passphrase.problem());
    }

    /** Whether a passphrase is required. */
    public boolean asksForPassphrase() {
        return passphrase.isAsked();
    }
}

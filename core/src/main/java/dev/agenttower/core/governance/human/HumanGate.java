package dev.agenttower.core.governance.human;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.governance.role.LiveProcess;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets pass whom it takes for a human: a caller on the host itself, with the daemon's own user, that no agent started, that does not say that it is
 * an agent, and that brings the passphrase where one is set. Thread-safe.
 *
 * <p>Started by an agent is what runs below a marked process (see {@link AgentMarking}) or in a kernel session that one leads, and what names in its
 * environment a pane that belongs to an agent. What may have been started by one passes by the passphrase only: what lost its parents in a kernel
 * session, or in a pane, that an agent shares with a human; what a tmux server or the daemon itself runs; what was cut off from everything. A
 * program of the same user that is bent on it can look like one that a human started; the passphrase stops that one.
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
     * @param daemon the process that asks, below which nobody is a human; 0 when that is of no account
     * @param ticker measures how often passphrases are tried, in nanoseconds from any origin
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

    /** Why a caller is not taken for a human; nothing lets it pass. */
    public Optional<NotHuman> refusal(Claimant claimant) {
        Optional<NotHuman> byOrigin = refusalByOrigin(claimant);
        return byOrigin.isPresent() ? byOrigin : passphrase.refusal(claimant.passphrase());
    }

    /** The same as far as it can be told without the passphrase. */
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
        // A number that was given to another process since does not name who connected.
        if (now.isEmpty()
                || before.isEmpty()
                || !now.get(0).mark().equals(before.get(0).mark())) {
            return Optional.of(NotHuman.UNKNOWN_PROCESS);
        }
        return descent.refusal(before, now).filter(why -> why != NotHuman.DETACHED_PROCESS || !passphrase.isAsked());
    }

    /** What keeps every passphrase from being the right one; empty when nothing does. */
    public Optional<String> passphraseProblem() {
        return Optional.ofNullable(passphrase.problem());
    }

    /** Whether a passphrase is asked for. */
    public boolean asksForPassphrase() {
        return passphrase.isAsked();
    }
}

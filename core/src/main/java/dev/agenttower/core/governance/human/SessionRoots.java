package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.SessionMember;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Finds the process that a caller names as the one its session belongs to. Thread-safe.
 *
 * <p>All that is below such a process is an agent's from then on, so an agent must not be able to name one that it shares with the human: no
 * process of another terminal than the nearest above the caller, none above the agent that the caller is known to be, and none above the daemon.
 */
public final class SessionRoots {
    private static final long FIRST_PROCESS = 1;

    private final ProcessTree processes;
    private final AgentProcesses agents;
    private final long daemon;

    /**
     * Roots among the processes of the machine.
     *
     * @param daemon the process that asks; 0 when what is above it is of no account
     */
    public SessionRoots(ProcessTree processes, AgentProcesses agents, long daemon) {
        this.processes = processes;
        this.agents = agents;
        this.daemon = daemon;
    }

    /**
     * The process of a number, if it is the caller or one above it, and may be the root of a session.
     *
     * @param lineage the caller and those above it, nearest first
     * @param numbering how the caller numbers processes
     */
    public Optional<LiveProcess> find(long number, List<LiveProcess> lineage, ToLongFunction<ProcessMark> numbering) {
        Set<ProcessMark> marked =
                agents.marks().processes().stream().map(SessionMember::mark).collect(Collectors.toSet());
        Set<ProcessMark> shared = daemon == 0
                ? Set.of()
                : processes.lineage(daemon).stream().map(LiveProcess::mark).collect(Collectors.toSet());
        long terminal = 0;
        for (LiveProcess process : lineage) {
            ProcessMark mark = process.mark();
            boolean leavesTerminal = terminal != 0 && process.terminal() != terminal;
            if (leavesTerminal || mark.pid() == FIRST_PROCESS || shared.contains(mark)) {
                return Optional.empty();
            }
            if (numbering.applyAsLong(mark) == number) {
                return Optional.of(process);
            }
            if (marked.contains(mark)) {
                return Optional.empty();
            }
            terminal = process.terminal();
        }
        return Optional.empty();
    }
}

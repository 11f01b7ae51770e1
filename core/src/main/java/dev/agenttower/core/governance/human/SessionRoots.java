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
 * Finds the process that a caller names as the root of its session. Thread-safe.
 *
 * <p>All descendants of a root belong to the agent from then on, so an agent must not name a process that it shares with the human. Not allowed
 * are ancestors of the daemon and, unless they are marked as those of agents already, processes beyond the nearest terminal above the caller and
 * ancestors of a marked process.
 */
public final class SessionRoots {
    private static final long FIRST_PROCESS = 1;

    private final ProcessTree processes;
    private final AgentProcesses agents;
    private final long daemon;

    /**
     * Roots among the processes of the machine.
     *
     * @param daemon the process of the daemon; 0 to skip the check of its ancestors
     */
    public SessionRoots(ProcessTree processes, AgentProcesses agents, long daemon) {
        this.processes = processes;
        this.agents = agents;
        this.daemon = daemon;
    }

    /**
     * The process with a number, if it is the caller or an ancestor and may be a session root.
     *
     * @param lineage the caller and its ancestors, nearest first
     * @param numbering how the caller numbers processes
     */
    public Optional<LiveProcess> find(long number, List<LiveProcess> lineage, ToLongFunction<ProcessMark> numbering) {
        Set<ProcessMark> marked =
                agents.marks().processes().stream().map(SessionMember::mark).collect(Collectors.toSet());
        Set<ProcessMark> shared = daemon == 0
                ? Set.of()
                : processes.lineage(daemon).stream().map(LiveProcess::mark).collect(Collectors.toSet());
        long terminal = 0;
        boolean isShared = false;
        for (LiveProcess process : lineage) {
            ProcessMark mark = process.mark();
            isShared |= terminal != 0 && process.terminal() != terminal;
            if (mark.pid() == FIRST_PROCESS || shared.contains(mark)) {
                return Optional.empty();
            }
            if (numbering.applyAsLong(mark) == number) {
                return isShared && !marked.contains(mark) ? Optional.empty() : Optional.of(process);
            }
            isShared |= marked.contains(mark);
            terminal = process.terminal();
        }
        return Optional.empty();
    }

    /**
     * A running process that is marked as an agent's, with its ancestors, nearest first; empty if the process is none.
     *
     * @param pid its number among the processes of the daemon
     */
    public List<LiveProcess> marked(long pid) {
        List<LiveProcess> lineage = processes.lineage(pid);
        boolean isMarked = !lineage.isEmpty()
                && agents.marks().processes().stream()
                        .anyMatch(known -> known.mark().equals(lineage.get(0).mark()));
        return isMarked ? lineage : List.of();
    }
}

package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.ProcessMark;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Finds out whether an agent started a process, as far as the system still shows it. Thread-safe.
 *
 * <p>Of a process that an agent cut off from itself, the parents no longer tell. What may be left is the session of processes that it is in,
 * and the pane that its environment speaks of. Where that is gone as well, it still shows that something was cut off: what takes in orphans is
 * above it, no terminal controls it, and it is younger than some agent.
 */
final class AgentDescent {
    private static final long FIRST_PROCESS = 1;

    private final ProcessTree processes;
    private final AgentProcesses agents;
    private final long daemon;

    /**
     * Descent among the processes of the machine.
     *
     * @param daemon the process that asks, below which nobody is a human; 0 when that is of no account
     */
    AgentDescent(ProcessTree processes, AgentProcesses agents, long daemon) {
        this.processes = processes;
        this.agents = agents;
        this.daemon = daemon;
    }

    /**
     * Whether an agent started a process, or may have.
     *
     * @param lineage the process and those above it, of now and of before
     * @param now those of now, nearest first
     */
    Optional<NotHuman> refusal(Collection<LiveProcess> lineage, List<LiveProcess> now) {
        Set<ProcessMark> spoken = agents.spoken();
        Set<AgentPane> panes = agents.panes();
        if (lineage.stream().anyMatch(process -> isAgent(process, spoken, panes))) {
            return Optional.of(NotHuman.AGENT_PROCESS);
        }
        List<OpenPane> open =
                panes.stream().map(this::open).flatMap(Optional::stream).toList();
        if (lineage.stream().anyMatch(process -> speaksOf(process, open))) {
            return Optional.of(NotHuman.AGENT_PROCESS);
        }
        return lineage.stream().anyMatch(process -> process.mark().pid() == daemon || isJob(process, open))
                        || isCutOff(now, spoken, open)
                ? Optional.of(NotHuman.DETACHED_PROCESS)
                : Optional.empty();
    }

    private boolean isAgent(LiveProcess process, Set<ProcessMark> spoken, Set<AgentPane> panes) {
        return spoken.contains(process.mark())
                || panes.stream()
                        .anyMatch(pane -> pane.pid() == process.mark().pid() || pane.pid() == process.session())
                || spoken.stream().anyMatch(agent -> agent.pid() == process.session() && leadsStill(agent));
    }

    /** While a session has members, nobody gets the number of its leader: so who has it now is that one, or never led this session. */
    private boolean leadsStill(ProcessMark leader) {
        List<LiveProcess> found = processes.lineage(leader.pid());
        return found.isEmpty() || found.get(0).mark().equals(leader);
    }

    private Optional<OpenPane> open(AgentPane pane) {
        List<LiveProcess> lineage = processes.lineage(pane.pid());
        return lineage.size() < 2
                ? Optional.empty()
                : Optional.of(new OpenPane(
                        lineage.get(0).mark().startTicks(),
                        new PaneMark(lineage.get(1).mark().pid(), pane.paneId())));
    }

    private boolean speaksOf(LiveProcess process, List<OpenPane> open) {
        return !open.isEmpty()
                && processes
                        .startedIn(process.mark().pid())
                        .filter(pane -> open.stream().anyMatch(agent -> agent.mark.equals(pane)))
                        .isPresent();
    }

    /** What a server of tmux runs outside of its panes is in the server's own session, and whoever reaches the server can have it run something. */
    private static boolean isJob(LiveProcess process, List<OpenPane> open) {
        return open.stream()
                .anyMatch(pane -> pane.mark.server() == process.session()
                        && pane.mark.server() != process.mark().pid());
    }

    private boolean isCutOff(List<LiveProcess> now, Set<ProcessMark> spoken, List<OpenPane> open) {
        int top = -1;
        while (top + 1 < now.size() && !takesInOrphans(now.get(top + 1))) {
            top++;
        }
        if (top < 0 || top + 1 == now.size() || now.subList(0, top + 1).stream().anyMatch(LiveProcess::hasTerminal)) {
            return false;
        }
        OptionalLong oldestAgent = LongStream.concat(
                        spoken.stream().mapToLong(ProcessMark::startTicks),
                        open.stream().mapToLong(pane -> pane.startTicks))
                .min();
        return oldestAgent.isPresent() && now.get(top).mark().startTicks() >= oldestAgent.getAsLong();
    }

    /** The first process of the machine does, and what has taken in a daemon that leads a session of its own. */
    private boolean takesInOrphans(LiveProcess process) {
        if (process.mark().pid() == FIRST_PROCESS) {
            return true;
        }
        List<LiveProcess> own = daemon == 0 ? List.of() : processes.lineage(daemon);
        return own.size() > 1
                && own.get(0).session() == daemon
                && own.get(1).mark().equals(process.mark());
    }

    /** The pane of an agent whose first process lives. */
    private record OpenPane(long startTicks, PaneMark mark) {}
}

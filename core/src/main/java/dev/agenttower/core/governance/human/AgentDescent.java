package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.SessionMember;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds out whether an agent started a process, as far as the system still shows it. Thread-safe.
 *
 * <p>Of a process that an agent cut off from itself, the parents no longer tell. What may be left is the kernel session that it is in, and the pane
 * that its environment names. Where these are gone as well, it still shows that something was cut off: what takes in orphans is above it, no
 * terminal controls it, and it is younger than some agent.
 */
final class AgentDescent {
    private static final long FIRST_PROCESS = 1;

    private final ProcessTree processes;
    private final AgentProcesses agents;
    private final AgentMarking marking;
    private final long daemon;

    /**
     * Descent among the processes of the machine.
     *
     * @param daemon the process that asks, below which nobody is a human; 0 when that is of no account
     */
    AgentDescent(ProcessTree processes, AgentProcesses agents, long daemon) {
        this.processes = processes;
        this.agents = agents;
        this.marking = new AgentMarking(processes, agents);
        this.daemon = daemon;
    }

    /**
     * Whether an agent started a process, or may have. The kernel sessions of what an agent started are marked, so that it stays known as the
     * agent's when those above it end.
     *
     * @param before the process and those above it, nearest first, when it connected
     * @param now the same at this moment
     */
    Optional<NotHuman> refusal(List<LiveProcess> before, List<LiveProcess> now) {
        Look look = new Look(agents.marks());
        boolean isAgent = false;
        for (List<LiveProcess> lineage : List.of(now, before)) {
            Optional<LiveProcess> agent = lineage.stream().filter(look::isAgent).findFirst();
            agent.ifPresent(process -> marking.markBelow(lineage, process));
            isAgent = isAgent || agent.isPresent();
        }
        if (isAgent) {
            return Optional.of(NotHuman.AGENT_PROCESS);
        }
        return look.mayBeAgent(before) || look.mayBeAgent(now) || look.isCutOff(now)
                ? Optional.of(NotHuman.DETACHED_PROCESS)
                : Optional.empty();
    }

    /** The first process of the machine does, and what has taken in a daemon that leads a session of its own. */
    private boolean takesInOrphans(LiveProcess process) {
        if (process.mark().pid() == FIRST_PROCESS) {
            return true;
        }
        List<LiveProcess> own = daemon == 0 ? List.of() : processes.lineage(daemon);
        return own.size() > 1
                && own.get(0).member().leads()
                && own.get(1).mark().equals(process.mark());
    }

    /** One look at some processes, by the marks of this moment. */
    private final class Look {
        private final AgentMarks marks;
        private final Map<LiveProcess, Optional<PaneMark>> environments = new HashMap<>();

        Look(AgentMarks marks) {
            this.marks = marks;
        }

        boolean isAgent(LiveProcess process) {
            return marks.processes().stream()
                            .anyMatch(mark -> mark.mark().equals(process.mark())
                                    || (mark.leads() && mark.session().isStill(process.session())))
                    || marks.panes().stream().anyMatch(pane -> pane.isWhole() && isStartedIn(process, pane));
        }

        boolean mayBeAgent(List<LiveProcess> lineage) {
            return marks.processes().stream().anyMatch(mark -> mark.mayHaveLost(lineage))
                    || lineage.stream().anyMatch(process -> process.mark().pid() == daemon)
                    || marks.panes().stream()
                            .anyMatch(pane -> isLost(lineage, pane)
                                    || lineage.stream().anyMatch(process -> isJob(process, pane.server())));
        }

        /** What was started in a pane and does not descend from the server of that any more. */
        private boolean isLost(List<LiveProcess> lineage, MarkedPane pane) {
            return lineage.stream().anyMatch(process -> isStartedIn(process, pane))
                    && lineage.stream().noneMatch(process -> process.mark().equals(pane.server()));
        }

        /**
         * What a server of tmux runs outside of its panes is in the kernel session of the server, and whoever reaches the server can have it run
         * something.
         */
        private boolean isJob(LiveProcess process, ProcessMark server) {
            return new KernelSession(server.pid(), server.startTicks()).isStill(process.session())
                    && !process.mark().equals(server);
        }

        private boolean isStartedIn(LiveProcess process, MarkedPane pane) {
            return startedIn(process).filter(pane.name()::equals).isPresent() && isServerOf(process, pane.server());
        }

        /** Whether a server is the one of its number that was there when a process started, or may be. */
        private boolean isServerOf(LiveProcess process, ProcessMark server) {
            long start = process.mark().startTicks();
            return server.startTicks() <= start
                    && processes.lineage(server.pid()).stream()
                            .limit(1)
                            .map(LiveProcess::mark)
                            .noneMatch(later -> !later.equals(server) && later.startTicks() <= start);
        }

        private Optional<PaneMark> startedIn(LiveProcess process) {
            return environments.computeIfAbsent(
                    process, unread -> processes.startedIn(unread.mark().pid()));
        }

        boolean isCutOff(List<LiveProcess> now) {
            int top = -1;
            while (top + 1 < now.size() && !takesInOrphans(now.get(top + 1))) {
                top++;
            }
            if (top < 0
                    || top + 1 == now.size()
                    || now.subList(0, top + 1).stream().anyMatch(LiveProcess::hasTerminal)) {
                return false;
            }
            OptionalLong oldestAgent = marks.processes().stream()
                    .map(SessionMember::mark)
                    .mapToLong(ProcessMark::startTicks)
                    .min();
            return oldestAgent.isPresent() && now.get(top).mark().startTicks() >= oldestAgent.getAsLong();
        }
    }
}

package dev.agenttower.core.governance.human;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.SessionMember;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.text.Unseen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Determines whether an agent started a process, as far as the system still shows it. Thread-safe.
 *
 * <p>An agent can detach a process, so that its parents no longer reveal its origin. Its kernel session and the pane named in its environment
 * may still do so. Without these, a process counts as detached if a process that adopts orphans is above it, no terminal controls it, and it is
 * younger than some agent.
 */
public final class AgentDescent {
    private static final long FIRST_PROCESS = 1;
    private static final int LONGEST_SIGN = 300;
    private static final int REPLACEMENT = 0xFFFD;

    private final ProcessTree processes;
    private final AgentProcesses agents;
    private final AgentMarking marking;
    private final long daemon;

    /**
     * Descent among the processes of the machine.
     *
     * @param daemon the process of the daemon, whose descendants are never human; 0 to skip this check
     */
    public AgentDescent(ProcessTree processes, AgentProcesses agents, long daemon) {
        this.processes = processes;
        this.agents = agents;
        this.marking = new AgentMarking(processes, agents);
        this.daemon = daemon;
    }

    /**
     * Whether an agent on this host started a process, for certain. Marks its kernel session, as {@link #refusal}.
     *
     * @throws dev.agenttower.core.failure.StorageException if the marks cannot be read
     */
    public boolean isOfAgent(Peer peer) {
        return isOfAgent(processes.lineage(peer.pid()), new Look(agents.marks()));
    }

    private boolean isOfAgent(List<LiveProcess> lineage, Look look) {
        Optional<LiveProcess> agent = lineage.stream().filter(look::isAgent).findFirst();
        agent.ifPresent(process -> marking.markBelow(lineage, process));
        return agent.isPresent();
    }

    /**
     * Refuses a process that an agent started or may have started. Marks the kernel sessions of processes that an agent started, so that they
     * stay known after their ancestors end.
     *
     * @param before the process and its ancestors at connect time, nearest first
     * @param now the process and its ancestors now, nearest first
     */
    Optional<NotHuman> refusal(List<LiveProcess> before, List<LiveProcess> now) {
        Look look = new Look(agents.marks());
        boolean isNow = isOfAgent(now, look);
        if (isOfAgent(before, look) || isNow) {
            return Optional.of(NotHuman.AGENT_PROCESS);
        }
        return look.mayBeAgent(before) || look.mayBeAgent(now) || look.isCutOff(now)
                ? Optional.of(NotHuman.DETACHED_PROCESS)
                : Optional.empty();
    }

    /**
     * By what the nearest process of an agent, best that of a client, is known among a process and its ancestors, such as {@code process 4711 (/usr/bin/node): its script
     * /x/gemini is that of Gemini CLI}; one line, with names of files escaped. Empty if there is none.
     *
     * @param before the process and its ancestors at connect time, nearest first
     * @param now the process and its ancestors now, nearest first
     */
    Optional<String> sign(List<LiveProcess> before, List<LiveProcess> now) {
        Look look = new Look(agents.marks());
        List<LiveProcess> ofAgent = Stream.concat(now.stream(), before.stream())
                .filter(look::isAgent)
                .toList();
        return ofAgent.stream()
                .filter(process -> look.clientSign(process).isPresent())
                .findFirst()
                .or(() -> ofAgent.stream().findFirst())
                .map(process -> {
                    long pid = process.mark().pid();
                    String program = processes.program(pid);
                    return "process " + pid + (program.isEmpty() ? "" : " (" + shown(program) + ")") + ": "
                            + shown(look.signOf(process));
                });
    }

    private static String shown(String text) {
        return Text.cut(
                text.codePoints()
                        .map(c -> Unseen.is(c) ? REPLACEMENT : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString(),
                LONGEST_SIGN);
    }

    /** Whether a process adopts orphans: process 1, or the parent of a daemon that leads its own kernel session. */
    private boolean takesInOrphans(LiveProcess process) {
        if (process.mark().pid() == FIRST_PROCESS) {
            return true;
        }
        List<LiveProcess> own = daemon == 0 ? List.of() : processes.lineage(daemon);
        return own.size() > 1
                && own.get(0).member().leads()
                && own.get(1).mark().equals(process.mark());
    }

    /** An evaluation of processes against the current marks. */
    private final class Look {
        private final AgentMarks marks;
        private final Map<LiveProcess, Optional<PaneMark>> environments = new HashMap<>();
        private final Map<LiveProcess, Optional<String>> clients = new HashMap<>();

        Look(AgentMarks marks) {
            this.marks = marks;
        }

        boolean isAgent(LiveProcess process) {
            return marks.processes().stream()
                            .anyMatch(mark -> mark.mark().equals(process.mark())
                                    || (mark.leads() && mark.session().isStill(process.session())))
                    || marks.panes().stream().anyMatch(pane -> pane.isWhole() && isStartedIn(process, pane))
                    || clientSign(process).isPresent();
        }

        private Optional<String> clientSign(LiveProcess process) {
            return clients.computeIfAbsent(
                    process, unread -> processes.clientSign(unread.mark().pid()));
        }

        /** By what an agent's process is known, the plainest sign first. */
        String signOf(LiveProcess process) {
            ProcessMark mark = process.mark();
            return clientSign(process)
                    .or(() -> agents.panes().stream()
                            .filter(pane -> pane.pid() == mark.pid())
                            .map(pane -> "it runs pane " + pane.paneId() + ", in which an agent is registered")
                            .findFirst())
                    .or(() -> marks.processes().stream()
                                    .anyMatch(known -> known.mark().equals(mark))
                            ? Optional.of("a hook, a session or a pane of an agent made it known")
                            : Optional.empty())
                    .or(() -> marks.processes().stream()
                            .filter(known -> known.leads() && known.session().isStill(process.session()))
                            .map(known -> "it is in the kernel session of the agent's process "
                                    + known.mark().pid())
                            .findFirst())
                    .orElseGet(() -> "its environment names the pane of an agent, "
                            + startedIn(process).map(PaneMark::paneId).orElse("which is gone"));
        }

        boolean mayBeAgent(List<LiveProcess> lineage) {
            return marks.processes().stream().anyMatch(mark -> mark.mayHaveLost(lineage))
                    || lineage.stream().anyMatch(process -> process.mark().pid() == daemon)
                    || marks.panes().stream()
                            .anyMatch(pane -> isLost(lineage, pane)
                                    || lineage.stream().anyMatch(process -> isJob(process, pane.server())));
        }

        /** Whether a process was started in a pane and no longer descends from the server of that pane. */
        private boolean isLost(List<LiveProcess> lineage, MarkedPane pane) {
            return lineage.stream().anyMatch(process -> isStartedIn(process, pane))
                    && lineage.stream().noneMatch(process -> process.mark().equals(pane.server()));
        }

        /**
         * Whether a tmux server runs a process outside of its panes: such a process is in the kernel session of the server, and any client of
         * the server can start one.
         */
        private boolean isJob(LiveProcess process, ProcessMark server) {
            return new KernelSession(server.pid(), server.startTicks()).isStill(process.session())
                    && !process.mark().equals(server);
        }

        private boolean isStartedIn(LiveProcess process, MarkedPane pane) {
            return startedIn(process).filter(pane.name()::equals).isPresent() && isServerOf(process, pane.server());
        }

        /** Whether a server was, or may have been, the holder of its pid when a process started. */
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

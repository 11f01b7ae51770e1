package dev.agenttower.core.governance.human;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.SessionMember;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Marks the processes of agents, so that they stay attributed to agents after their panes and sessions are gone. Thread-safe.
 *
 * <p>A mark names a process and its kernel session. It is removed when the process has ended and its kernel session has no members in two
 * successive scans. The oldest mark is kept, as the time since which agents run on this machine.
 */
public final class AgentMarking {
    private static final String PSEUDO_TERMINAL = "/dev/pts/";
    private static final long PSEUDO_TERMINAL_MAJOR = 136;

    private final ProcessTree processes;
    private final AgentProcesses agents;
    private Set<SessionMember> vanished = Set.of();

    /** Marks among the processes of the machine. */
    public AgentMarking(ProcessTree processes, AgentProcesses agents) {
        this.processes = requireNonNull(processes, "processes");
        this.agents = requireNonNull(agents, "agents");
    }

    /**
     * Marks a process to which a session of an agent is bound.
     *
     * @param root the process
     * @param lineage a process and its ancestors, nearest first, {@code root} among them
     * @throws dev.agenttower.core.failure.StorageException if the mark could not be stored
     */
    public void markRoot(LiveProcess root, List<LiveProcess> lineage) {
        List<LiveProcess> above = lineage.subList(lineage.indexOf(root), lineage.size());
        Set<MarkedPane> panes = processes
                .startedIn(root.mark().pid())
                .flatMap(pane -> find(pane.server(), above).map(server -> new MarkedPane(server, pane.paneId(), false)))
                .map(Set::of)
                .orElse(Set.of());
        remember(new AgentMarks(Set.of(root.member()), panes));
    }

    /**
     * Marks the processes of panes with registered agents, and the kernel sessions of the descendants of marked processes.
     *
     * @throws dev.agenttower.core.failure.StorageException if the marks cannot be read or stored
     */
    public void refresh() {
        Set<SessionMember> known = new LinkedHashSet<>(agents.marks().processes());
        Set<SessionMember> found = new LinkedHashSet<>();
        Set<MarkedPane> panes = new LinkedHashSet<>();
        for (AgentPane pane : agents.panes()) {
            List<LiveProcess> lineage = processes.lineage(pane.pid());
            if (lineage.size() > 1 && isProcessOf(lineage.get(0), pane)) {
                found.add(lineage.get(0).member());
                panes.add(new MarkedPane(lineage.get(1).mark(), pane.paneId(), true));
            }
        }
        known.addAll(found);
        Set<ProcessMark> marked = marksOf(known);
        if (!marked.isEmpty()) {
            processes.lineages().forEach(lineage -> found.addAll(unmarkedBelow(marked, known, lineage)));
        }
        remember(new AgentMarks(found, panes));
    }

    /**
     * Marks the kernel sessions of processes that an agent started.
     *
     * @param lineage a process and its ancestors, nearest first
     * @param agent the process among them that belongs to an agent
     */
    void markBelow(List<LiveProcess> lineage, LiveProcess agent) {
        Set<SessionMember> known = agents.marks().processes();
        Set<ProcessMark> owners = marksOf(known);
        owners.add(agent.mark());
        remember(new AgentMarks(unmarkedBelow(owners, known, lineage), Set.of()));
    }

    /** The topmost process of each unmarked kernel session from a process up to its nearest ancestor that belongs to an agent. */
    private static Set<SessionMember> unmarkedBelow(
            Set<ProcessMark> owners, Set<SessionMember> known, List<LiveProcess> lineage) {
        Set<SessionMember> tops = new LinkedHashSet<>();
        for (int i = 0; i < lineage.size(); i++) {
            LiveProcess process = lineage.get(i);
            boolean isOwner = owners.contains(process.mark());
            boolean isTop = isOwner
                    || i + 1 == lineage.size()
                    || !process.session().equals(lineage.get(i + 1).session());
            if (isTop && known.stream().noneMatch(mark -> covers(mark, process))) {
                tops.add(process.member());
            }
            if (isOwner) {
                return tops;
            }
        }
        return Set.of();
    }

    private static Set<ProcessMark> marksOf(Set<SessionMember> members) {
        return members.stream().map(SessionMember::mark).collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean covers(SessionMember mark, LiveProcess process) {
        return (mark.mark().equals(process.mark()) || mark.leads())
                && mark.session().isStill(process.session());
    }

    /**
     * Whether a process is still that of the pane: a pid may be reused, but not by a process that leads its kernel session on the terminal of
     * the pane.
     */
    private static boolean isProcessOf(LiveProcess process, AgentPane pane) {
        return process.member().leads() && process.terminal() == number(pane.terminal());
    }

    /** The kernel's device number of a pseudo terminal, with the minor number split around the major one; -1 for any other name. */
    private static long number(String terminal) {
        if (!terminal.startsWith(PSEUDO_TERMINAL)) {
            return -1;
        }
        try {
            long minor = Long.parseLong(terminal.substring(PSEUDO_TERMINAL.length()));
            return (PSEUDO_TERMINAL_MAJOR << 8) | (minor & 0xff) | ((minor & ~0xffL) << 12);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void remember(AgentMarks fresh) {
        AgentMarks known = agents.marks();
        Set<SessionMember> added = new LinkedHashSet<>(fresh.processes());
        added.removeAll(known.processes());
        Set<MarkedPane> panes = fresh.panes().stream()
                .filter(pane -> !known.panes().contains(pane) && !known.panes().contains(pane.whole()))
                .collect(Collectors.toSet());
        if (added.isEmpty() && panes.isEmpty()) {
            return;
        }
        Set<SessionMember> gone = gone(known.processes());
        keepOldest(known.processes(), gone, added);
        agents.change(gone, new AgentMarks(added, panes));
    }

    /** Keeps the oldest process without its kernel session, whose number may be reused. */
    private static void keepOldest(Set<SessionMember> known, Set<SessionMember> gone, Set<SessionMember> added) {
        known.stream()
                .map(SessionMember::mark)
                .min(Comparator.comparingLong(ProcessMark::startTicks))
                .filter(oldest -> known.stream().noneMatch(mark -> mark.mark().equals(oldest) && !gone.contains(mark)))
                .map(oldest -> new SessionMember(oldest, KernelSession.NONE))
                .filter(oldest -> !gone.remove(oldest))
                .ifPresent(added::add);
    }

    private synchronized Set<SessionMember> gone(Set<SessionMember> known) {
        List<SessionMember> ended =
                known.stream().filter(mark -> !processes.isRunning(mark.mark())).toList();
        Predicate<KernelSession> inhabited = ended.isEmpty() ? session -> true : processes.inhabited();
        Set<SessionMember> empty =
                ended.stream().filter(mark -> !inhabited.test(mark.session())).collect(Collectors.toSet());
        Set<SessionMember> gone = new LinkedHashSet<>(empty);
        // One scan can miss a process that forks continuously.
        gone.retainAll(vanished);
        vanished = empty;
        return gone;
    }

    private static Optional<ProcessMark> find(long pid, List<LiveProcess> lineage) {
        return lineage.stream()
                .map(LiveProcess::mark)
                .filter(mark -> mark.pid() == pid)
                .findFirst();
    }
}

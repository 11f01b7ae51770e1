package dev.agenttower.core.governance.human;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Processes in memory. Thread-safe. */
public final class InMemoryProcessTree implements ProcessTree {
    private final Map<Long, Entry> processes = new LinkedHashMap<>();
    private final Map<Long, PaneMark> panes = new LinkedHashMap<>();
    private final Map<Long, Program> programs = new HashMap<>();
    private final Map<Long, Long> users = new HashMap<>();
    private long ticks;

    /** No processes. */
    public InMemoryProcessTree() {}

    /**
     * Starts a process without a terminal, replacing one with the same pid.
     *
     * @param parent the process above it; 0 for none
     * @param session the process that leads its session
     */
    public ProcessMark start(long pid, long parent, long session) {
        return start(pid, parent, session, 0);
    }

    /**
     * Starts a process, replacing one with the same pid.
     *
     * @param parent the process above it; 0 for none
     * @param session the process that leads its session
     * @param terminal the terminal that controls it; 0 for none
     */
    public synchronized ProcessMark start(long pid, long parent, long session, long terminal) {
        ProcessMark mark = new ProcessMark(pid, ++ticks);
        processes.put(pid, new Entry(mark, parent, session, terminal));
        panes.remove(pid);
        programs.remove(pid);
        users.remove(pid);
        return mark;
    }

    /** Sets the pane in the environment of a process. */
    public synchronized void speakOfPane(long pid, PaneMark pane) {
        panes.put(pid, pane);
    }

    /**
     * Lets a process run a program; the clients of agents are those of {@link KnownClients#BUILT_IN}.
     *
     * @param variables the names of the variables of its environment
     */
    public synchronized void run(long pid, String executable, List<String> words, Set<String> variables) {
        programs.put(pid, new Program(executable, words, variables));
    }

    /** Sets the user of a process. */
    public synchronized void runAs(long pid, long user) {
        users.put(pid, user);
    }

    /** Ends a process; process 1 adopts its children. */
    public synchronized void end(long pid) {
        processes.remove(pid);
        programs.remove(pid);
        processes.replaceAll((child, entry) ->
                entry.parent == pid ? new Entry(entry.mark, 1, entry.session, entry.terminal) : entry);
    }

    @Override
    public synchronized List<LiveProcess> lineage(long pid) {
        List<LiveProcess> lineage = new ArrayList<>();
        for (long next = pid; next > 0; ) {
            Entry entry = processes.get(next);
            if (entry == null) {
                return List.of();
            }
            Entry leader = processes.get(entry.session);
            KernelSession session = new KernelSession(entry.session, leader == null ? 0 : leader.mark.startTicks());
            lineage.add(new LiveProcess(entry.mark, session, entry.terminal));
            next = entry.parent;
        }
        return lineage;
    }

    @Override
    public synchronized List<List<LiveProcess>> lineages() {
        return processes.keySet().stream().map(this::lineage).toList();
    }

    @Override
    public synchronized Optional<String> clientSign(long pid) {
        return Optional.ofNullable(programs.get(pid))
                .flatMap(program -> KnownClients.BUILT_IN.sign(program.executable, program.words, program.variables));
    }

    @Override
    public synchronized String program(long pid) {
        Program program = programs.get(pid);
        return program == null ? "" : program.executable;
    }

    @Override
    public synchronized long user(long pid) {
        return processes.containsKey(pid) ? users.getOrDefault(pid, Peer.UNKNOWN) : Peer.UNKNOWN;
    }

    @Override
    public synchronized Optional<PaneMark> startedIn(long pid) {
        return Optional.ofNullable(panes.get(pid));
    }

    @Override
    public synchronized Optional<ProcessMark> find(long pid) {
        return Optional.ofNullable(processes.get(pid)).map(Entry::mark);
    }

    @Override
    public synchronized boolean isRunning(ProcessMark process) {
        Entry entry = processes.get(process.pid());
        return entry != null && entry.mark.equals(process);
    }

    private record Program(String executable, List<String> words, Set<String> variables) {}

    private record Entry(ProcessMark mark, long parent, long session, long terminal) {}
}

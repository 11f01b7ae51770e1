package dev.agenttower.core.governance.human;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.RunningProcesses;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The processes of the machine and their ancestry. An implementation must read the kernel's state on each call and return an empty result
 * whenever that state is uncertain. Thread-safe; all methods except {@link #lineages} and {@link #inhabited} take well under a millisecond.
 */
public interface ProcessTree extends RunningProcesses {
    /** A process and its ancestors, nearest first, up to process 1; empty if one of them has ended or cannot be read. */
    List<LiveProcess> lineage(long pid);

    /**
     * The lineages of all processes, reading each process once. A lineage is truncated where a process ended in the meantime. Empty if no
     * process can be read.
     */
    List<List<LiveProcess>> lineages();

    @Override
    default Predicate<KernelSession> inhabited() {
        Set<KernelSession> inhabited =
                lineages().stream().map(lineage -> lineage.get(0).session()).collect(Collectors.toSet());
        return noted -> inhabited.isEmpty() || inhabited.stream().anyMatch(noted::isStill);
    }

    /** The pid of a process in its innermost pid namespace, which differs in a container; the given pid if unknown. */
    default long innermostNumber(long pid) {
        return pid;
    }

    /** Whether a process is that of a known client of agents, or was started by one; see {@link #clientSign}. */
    default boolean isOfKnownClient(long pid) {
        return clientSign(pid).isPresent();
    }

    /** What tells that a process is that of a known client of agents, see {@link KnownClients#sign}; empty if it cannot be read. */
    default Optional<String> clientSign(long pid) {
        return Optional.empty();
    }

    /** The path of the program of a process, which may have any characters; empty if it cannot be read. */
    default String program(long pid) {
        return "";
    }

    /** The user of a process, as {@link Peer#uid}; unknown if it cannot be read, or if the process runs with the rights of several. */
    default long user(long pid) {
        return Peer.UNKNOWN;
    }

    /** The tmux pane named in the environment of a process, which a detached process keeps; empty if there is none. */
    default Optional<PaneMark> startedIn(long pid) {
        return Optional.empty();
    }
}

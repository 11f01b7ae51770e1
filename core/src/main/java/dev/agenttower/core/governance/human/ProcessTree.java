package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.RunningProcesses;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The processes of the machine and how they descend from one another. An implementation must answer as the kernel says at the moment of the
 * call, and with nothing whenever it cannot be sure. Thread-safe; but for {@link #lineages} and {@link #inhabited} takes well under a
 * millisecond.
 */
public interface ProcessTree extends RunningProcesses {
    /**
     * A process and those above it, nearest first, up to the first process of the machine; empty if the process is gone, or one of them
     * cannot be looked at or went away meanwhile.
     */
    List<LiveProcess> lineage(long pid);

    /**
     * The lineages of all processes, from one look at each of them. One that cannot be followed to its end, because a process ended meanwhile, ends
     * early. Empty if none can be looked at.
     */
    List<List<LiveProcess>> lineages();

    @Override
    default Predicate<KernelSession> inhabited() {
        Set<KernelSession> inhabited =
                lineages().stream().map(lineage -> lineage.get(0).session()).collect(Collectors.toSet());
        return noted -> inhabited.isEmpty() || inhabited.stream().anyMatch(noted::isStill);
    }

    /** The number by which a process knows itself: in a container another one than outside. The given number, if that cannot be told. */
    default long innermostNumber(long pid) {
        return pid;
    }

    /** The pane of tmux that the environment of a process speaks of, which a process that cuts itself off keeps; empty if there is none. */
    default Optional<PaneMark> startedIn(long pid) {
        return Optional.empty();
    }
}

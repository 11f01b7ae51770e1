package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.ProcessMark;
import java.util.List;

/**
 * The processes of the machine and how they descend from one another. An implementation must answer as the kernel says at the moment of the
 * call, and with nothing whenever it cannot be sure. Thread-safe; takes well under a millisecond.
 */
public interface ProcessTree {
    /**
     * A process and those above it, nearest first, up to the first process of the machine; empty if the process is gone, or one of them
     * cannot be looked at or went away meanwhile.
     */
    List<LiveProcess> lineage(long pid);

    /** Whether a process runs. An implementation must say so, too, when it cannot be sure. */
    boolean isRunning(ProcessMark process);

    /** The number by which a process knows itself: in a container another one than outside. The given number, if that cannot be told. */
    default long innermostNumber(long pid) {
        return pid;
    }
}

package dev.agenttower.core.governance.role;

import java.util.Optional;
import java.util.function.Predicate;

/** Knows which processes run. Thread-safe. */
@FunctionalInterface
public interface RunningProcesses {
    /** Whether a process runs. An implementation must say so, too, when it cannot be sure. */
    boolean isRunning(ProcessMark process);

    /** The process that has this number now. An implementation must answer with nothing if there is none, or if it cannot be looked at. */
    default Optional<ProcessMark> find(long pid) {
        return Optional.empty();
    }

    /**
     * Looks at all processes once, and tells of kernel sessions whether they had members. An implementation must say so, too, when it cannot be
     * sure. Takes some milliseconds.
     */
    default Predicate<KernelSession> inhabited() {
        return session -> true;
    }

    /** Takes every process for running, as it must who knows nothing of them. */
    static RunningProcesses unknown() {
        return process -> true;
    }
}

package dev.agenttower.core.governance.role;

import java.util.Optional;
import java.util.function.Predicate;

/** Checks whether processes run. Thread-safe. */
@FunctionalInterface
public interface RunningProcesses {
    /** Whether a process runs. An implementation must return true if that is uncertain. */
    boolean isRunning(ProcessMark process);

    /** The process with this pid. An implementation must return empty if there is none or it cannot be read. */
    default Optional<ProcessMark> find(long pid) {
        return Optional.empty();
    }

    /**
     * Scans all processes once and returns a predicate for the kernel sessions that had members. The predicate must return true where that is
     * uncertain. Takes some milliseconds.
     */
    default Predicate<KernelSession> inhabited() {
        return session -> true;
    }

    /** Reports every process as running. */
    static RunningProcesses unknown() {
        return process -> true;
    }
}

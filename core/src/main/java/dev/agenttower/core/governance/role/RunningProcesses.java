package dev.agenttower.core.governance.role;

/** Knows which processes still run. Thread-safe. */
@FunctionalInterface
public interface RunningProcesses {
    /** Whether a process runs. An implementation must say so, too, when it cannot be sure. */
    boolean isRunning(ProcessMark process);

    /** Takes every process for running, as it must who knows nothing of them. */
    static RunningProcesses unknown() {
        return process -> true;
    }
}

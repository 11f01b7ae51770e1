package dev.agenttower.core.governance.role;

/**
 * The identity of a process, distinct from later processes with the same pid.
 *
 * @param pid its pid
 * @param startTicks its start time in clock ticks since boot
 */
public record ProcessMark(long pid, long startTicks) {}

package dev.agenttower.core.governance.role;

/**
 * One process, told apart from a later one with the same number.
 *
 * @param pid its number
 * @param startTicks when it started, in clock ticks since the machine did
 */
public record ProcessMark(long pid, long startTicks) {}

package dev.agenttower.core.directory;

/** By what agents are sorted. */
public enum AgentOrder {
    /** By role priority, then by the time of registration. */
    DEFAULT,
    /** By the time of registration. */
    REGISTERED_AT,
    /** By role priority. */
    ROLE
}

package dev.agenttower.core.health;

/**
 * Checks the state of one subsystem. An implementation must take well under a millisecond (slow checks run in the background), have no side
 * effect, never throw, and be thread-safe.
 */
@FunctionalInterface
public interface SubsystemProbe {
    /** The current state of the subsystem. */
    SubsystemState probe();
}

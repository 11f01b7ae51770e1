package dev.agenttower.core.health;

/**
 * Looks how one subsystem is. An implementation must be cheap (well under a millisecond, so what is slow is looked at in the background),
 * have no side effect, never throw, and be thread-safe.
 */
@FunctionalInterface
public interface SubsystemProbe {
    /** How the subsystem is now. */
    SubsystemState probe();
}

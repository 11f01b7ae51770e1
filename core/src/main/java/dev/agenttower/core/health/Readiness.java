package dev.agenttower.core.health;

import java.util.List;

/**
 * Whether the tower is ready.
 *
 * @param state ready if all subsystems are ready, unavailable if none works at all, else degraded
 * @param subsystems all six, in order
 * @param hints possibly empty
 */
public record Readiness(State state, List<SubsystemState> subsystems, List<Hint> hints) {
    /** Copies the lists. */
    public Readiness {
        subsystems = List.copyOf(subsystems);
        hints = List.copyOf(hints);
    }

    /** Whether the tower is ready. */
    public enum State {
        /** All subsystems are ready. */
        READY,
        /** Some subsystem is not ready. */
        DEGRADED,
        /** No subsystem works. */
        UNAVAILABLE
    }
}

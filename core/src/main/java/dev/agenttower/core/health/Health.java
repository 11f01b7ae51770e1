package dev.agenttower.core.health;

import java.time.InstantSource;
import java.util.List;

/**
 * Tells how the tower is and what to do next. Without side effects; thread-safe.
 */
public final class Health {
    /**
     * Builds the use case.
     *
     * @param probes one for each subsystem, in any order
     * @throws IllegalArgumentException if a subsystem has no probe or two
     */
    public Health(DashboardSource source, List<SubsystemProbe> probes, InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    /** Whether the tower is ready. */
    public Readiness readiness() {
        throw new UnsupportedOperationException();
    }

    /** The dashboard, with at most {@code recent} (1 to 50) recent rows of each kind. */
    public Dashboard dashboard(int recent) {
        throw new UnsupportedOperationException();
    }
}

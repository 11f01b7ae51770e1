package dev.agenttower.core.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard.
 *
 * @param figures the figures; all zero when the store cannot be read
 * @param recommendation the one thing to do next; null only if it could not be computed
 * @param recentSkips the number of events that routes skipped within the last five minutes
 * @param refreshedAt when the recommendation was computed, UTC with three digits of fraction; null exactly when {@code recommendation} is
 */
public record Dashboard(
        DashboardFigures figures,
        List<SubsystemState> subsystems,
        List<Hint> hints,
        @Nullable Recommendation recommendation,
        int recentSkips,
        @Nullable String refreshedAt) {
    /** Copies the lists. */
    public Dashboard {
        subsystems = List.copyOf(subsystems);
        hints = List.copyOf(hints);
    }
}

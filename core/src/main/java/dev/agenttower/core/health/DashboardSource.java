package dev.agenttower.core.health;

/**
 * Reads the figures of the dashboard. An implementation must read one consistent state, show writes of other processes at once, and be
 * thread-safe.
 */
public interface DashboardSource {
    /**
     * Reads the figures.
     *
     * @param recent the most recent rows of each kind, 1 to 50
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be read
     */
    DashboardFigures read(int recent);
}

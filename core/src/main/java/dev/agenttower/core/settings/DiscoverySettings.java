package dev.agenttower.core.settings;

/**
 * The {@code [host]} and {@code [discovery]} tables.
 *
 * @param host whether the host's own tmux is a bench
 * @param live whether containers and panes are watched; if not, the stored state changes only by requested scans
 */
public record DiscoverySettings(HostBenchMode host, boolean live) {
    /** The defaults. */
    public static final DiscoverySettings DEFAULT = new DiscoverySettings(HostBenchMode.AUTO, true);

    /** Whether the host's own tmux is a bench. */
    public enum HostBenchMode {
        /** When a tmux server of the daemon's user is running. */
        AUTO,
        /** Always. */
        ON,
        /** Never. */
        OFF
    }
}

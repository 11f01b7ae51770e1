package dev.agenttower.core.settings;

/**
 * The {@code [host]} and {@code [discovery]} tables.
 *
 * @param host whether the host's own tmux is a bench
 * @param live whether benches and panes are watched; off, they change only when a scan is asked for
 */
public record DiscoverySettings(HostBenchMode host, boolean live) {
    /** What holds where nothing is set. */
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

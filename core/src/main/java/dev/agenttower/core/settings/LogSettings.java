package dev.agenttower.core.settings;

/**
 * The bounds of logs on disk, {@code [logs]} of the settings.
 *
 * @param maxBytes the size from which the older part of a log moves into a file of its own; at least {@link #LEAST_MAX_BYTES}
 * @param keep the number of such files that stay for each log; the oldest ones go
 */
public record LogSettings(long maxBytes, int keep) {
    /** The least size of {@link #maxBytes}. */
    public static final long LEAST_MAX_BYTES = 1 << 20;

    /** What holds where nothing is set. */
    public static final LogSettings DEFAULT = new LogSettings(64 << 20, 4);
}

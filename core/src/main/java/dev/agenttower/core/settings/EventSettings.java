package dev.agenttower.core.settings;

/**
 * The {@code [events]} table.
 *
 * @param readerCycleWallclockCapSeconds the longest pause between two reads of a log, in seconds
 * @param perCycleByteCapBytes the most bytes that one cycle reads of one log
 * @param perEventExcerptCapBytes the most bytes of an event's excerpt
 * @param excerptTruncationMarker the suffix of a truncated excerpt
 * @param debounceActivityWindowSeconds how long activity events are collapsed into one, in seconds, at most 5
 * @param paneExitedGraceSeconds how long a pane may be gone before it counts as exited, in seconds, at most 30
 * @param longRunningGraceSeconds how long a pane must be busy to count as long running, in seconds
 * @param defaultPageSize rows of a page where no size is requested, at most {@code maxPageSize}
 * @param maxPageSize the most rows of a page, at most 50
 * @param followLongPollMaxSeconds the longest wait of a follow, in seconds
 * @param followSessionIdleTimeoutSeconds how long an unused follow session lives, in seconds
 */
public record EventSettings(
        double readerCycleWallclockCapSeconds,
        int perCycleByteCapBytes,
        int perEventExcerptCapBytes,
        String excerptTruncationMarker,
        double debounceActivityWindowSeconds,
        double paneExitedGraceSeconds,
        double longRunningGraceSeconds,
        int defaultPageSize,
        int maxPageSize,
        double followLongPollMaxSeconds,
        double followSessionIdleTimeoutSeconds) {
    /** The defaults. */
    public static final EventSettings DEFAULT =
            new EventSettings(1.0, 65536, 1024, "…[truncated]", 5.0, 30.0, 30.0, 50, 50, 30.0, 300.0);
}

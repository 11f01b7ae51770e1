package dev.agenttower.core.scan;

import dev.agenttower.core.bench.ContainerDiscovery;
import dev.agenttower.core.bench.PaneDiscovery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Scans for control panels: a scan of a kind that is under way already is joined, at most four run at once, and the last hundred are
 * remembered. Thread-safe.
 */
public final class AppScans {
    /** The most scans under way. */
    public static final int MAX_RUNNING = 4;
    /** The most scans remembered; the oldest that has ended is forgotten first. */
    public static final int MAX_REMEMBERED = 100;

    /**
     * Builds the use case.
     *
     * @param executor runs the scans; owned by the caller
     */
    public AppScans(ContainerDiscovery containers, PaneDiscovery panes, InstantSource clock, Executor executor) {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts a scan, or joins the one of this kind that runs.
     *
     * @param wait how long to wait for its end; zero does not wait
     * @return the scan as it is after the wait, possibly still running
     * @throws dev.agenttower.core.failure.RefusedException {@code VALIDATION_FAILED} if too many scans run
     */
    public ScanRecord start(ScanKind kind, Duration wait) {
        throw new UnsupportedOperationException();
    }

    /** A scan by its id, if it is still remembered. */
    public Optional<ScanRecord> find(String scanId) {
        throw new UnsupportedOperationException();
    }
}

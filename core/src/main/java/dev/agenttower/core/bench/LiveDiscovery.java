package dev.agenttower.core.bench;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Follows the benches as they change, by scanning only what a watch has reported. While nothing changes it reads and writes nothing.
 *
 * <p>Thread-safe.
 */
public final class LiveDiscovery implements AutoCloseable {
    /**
     * Builds the use case from its ports; nothing is watched before {@link #start()}.
     *
     * @param executor runs the scans and the delays; owned by the caller
     */
    public LiveDiscovery(
            ContainerChanges containerChanges,
            PaneChanges paneChanges,
            Optional<HostBench> host,
            ContainerDiscovery containers,
            PaneDiscovery panes,
            PaneStore store,
            String userFallback,
            ScheduledExecutorService executor) {
        throw new UnsupportedOperationException();
    }

    /** Begins to watch. */
    public void start() {
        throw new UnsupportedOperationException();
    }

    /** Why the container engine is lost at the moment; null while it answers, and before the first attempt has ended. */
    public @Nullable String engineTrouble() {
        throw new UnsupportedOperationException();
    }

    /** Ends all watches. Scans under way end by themselves. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}

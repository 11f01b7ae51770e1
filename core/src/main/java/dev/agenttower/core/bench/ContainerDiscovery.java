package dev.agenttower.core.bench;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.settings.SettingsSource;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps the stored benches true: asks the container engine what runs, matches it against the rule and writes what it learned in one
 * transaction.
 *
 * <p>Thread-safe. Scans run one after another; a scan that waits begins when the one before it has ended.
 */
public final class ContainerDiscovery {
    /** Builds the use case from its ports. */
    public ContainerDiscovery(
            ContainerRuntime runtime,
            Optional<HostBench> host,
            ContainerStore store,
            AuditLog audit,
            LifecycleLog lifecycle,
            SettingsSource settings,
            InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    /**
     * Scans now. The host's own bench is reconciled first, whatever becomes of the engine.
     *
     * @return the scan, possibly degraded
     * @throws dev.agenttower.core.failure.RefusedException if the whole scan failed ({@code CONFIG_INVALID}, one of the Docker codes, or
     *     {@code INTERNAL_ERROR}); the scan is stored as degraded all the same, except for {@code INTERNAL_ERROR}
     */
    public ContainerScan scan() {
        throw new UnsupportedOperationException();
    }
}

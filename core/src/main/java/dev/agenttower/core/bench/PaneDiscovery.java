package dev.agenttower.core.bench;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.lifecycle.LifecycleLog;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the stored panes true: asks tmux in every active bench, side by side, and writes what it learned in one transaction.
 *
 * <p>Thread-safe. Scans run one after another; a scan that waits begins when the one before it has ended.
 */
public final class PaneDiscovery {
    /**
     * Builds the use case from its ports.
     *
     * @param userFallback the user to ask as where a container names none; empty when there is none
     * @param executor asks benches side by side; it bounds how many at once
     * @param daemonUid the user id that audit records name
     */
    public PaneDiscovery(
            PaneSource source,
            PaneStore store,
            AuditLog audit,
            LifecycleLog lifecycle,
            InstantSource clock,
            Executor executor,
            String userFallback,
            long daemonUid) {
        throw new UnsupportedOperationException();
    }

    /**
     * Scans now.
     *
     * @param only restricts the scan to one bench, by exact id; an unknown id is a scan that sees nothing; null is all
     * @return the scan, possibly degraded
     * @throws dev.agenttower.core.failure.RefusedException if the whole scan failed ({@code DOCKER_UNAVAILABLE} or
     *     {@code INTERNAL_ERROR})
     */
    public PaneScan scan(@Nullable ContainerId only) {
        throw new UnsupportedOperationException();
    }
}

package dev.agenttower.core;

import dev.agenttower.core.agent.AgentProfile;
import dev.agenttower.core.agent.AgentRegistration;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.discovery.ContainerDiscovery;
import dev.agenttower.core.discovery.PaneDiscovery;
import dev.agenttower.core.health.Health;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.scan.AppScans;
import dev.agenttower.core.session.AppSessions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The tower: its use cases, built from ports by {@link TowerBuilder}. Thread-safe.
 *
 * <p>A tower needs to be closed only where it has threads of its own, which it has for executors that were not given to its builder.
 *
 * @param containers scans for containers
 * @param panes scans for panes
 * @param containerStore reads benches
 * @param paneStore reads panes
 * @param registration adopts panes as agents
 * @param profile changes agents
 * @param agentStore reads agents
 * @param directory pages for control panels
 * @param health readiness and dashboard
 * @param sessions sessions of control panels
 * @param scans scans of control panels
 * @param audit the audit trail
 * @param ownedThreads the threads that end with the tower
 */
public record Tower(
        ContainerDiscovery containers,
        PaneDiscovery panes,
        ContainerStore containerStore,
        PaneStore paneStore,
        AgentRegistration registration,
        AgentProfile profile,
        AgentStore agentStore,
        Directory directory,
        Health health,
        AppSessions sessions,
        AppScans scans,
        AuditLog audit,
        List<ExecutorService> ownedThreads)
        implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    /** Copies the list of threads. */
    public Tower {
        ownedThreads = List.copyOf(ownedThreads);
    }

    /** Begins to build a tower. Ports that are not set are the in-memory twins. */
    public static TowerBuilder newBuilder() {
        return new TowerBuilder();
    }

    /**
     * Interrupts the tower's own threads and waits up to five seconds for each kind of them. What was given to the builder stays open.
     * Closing twice does nothing; an interrupt ends the wait and is kept.
     */
    @Override
    public void close() {
        ownedThreads.forEach(ExecutorService::shutdownNow);
        try {
            for (ExecutorService threads : ownedThreads) {
                // What does not heed the interrupt in time ends with the program, as all of these are daemon threads.
                threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}

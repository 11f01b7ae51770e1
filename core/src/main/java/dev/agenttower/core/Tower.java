package dev.agenttower.core;

import dev.agenttower.core.agent.AgentProfile;
import dev.agenttower.core.agent.AgentRegistration;
import dev.agenttower.core.agent.AgentRemoval;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.discovery.ContainerDiscovery;
import dev.agenttower.core.discovery.PaneDiscovery;
import dev.agenttower.core.event.Events;
import dev.agenttower.core.health.Health;
import dev.agenttower.core.log.LogAttachments;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.queue.PromptQueue;
import dev.agenttower.core.route.EventRouting;
import dev.agenttower.core.scan.AppScans;
import dev.agenttower.core.session.AppSessions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The tower: its use cases, built from ports by {@link TowerBuilder}. Thread-safe.
 *
 * <p>A tower must be closed only if it has its own threads, which replace executors not given to its builder.
 *
 * @param containers scans for containers
 * @param panes scans for panes
 * @param hostBench the host's own tmux as a bench; empty if it is none
 * @param containerStore reads bench containers
 * @param paneStore reads panes
 * @param registration adopts panes as agents
 * @param profile changes agents
 * @param removal removes ended agents
 * @param agentStore reads agents
 * @param agentStates what agents do at present; somebody must refresh it
 * @param queue the prompt queue, whose delivery must be started
 * @param routing routes of events, whose worker must be started
 * @param logs attaches logs to agents
 * @param directory pages for control panels
 * @param health readiness and dashboard
 * @param sessions sessions of control panels
 * @param scans scans of control panels
 * @param events stored events, those who follow them, and the rules
 * @param audit the audit trail
 * @param ownedThreads the threads that end with the tower
 */
public record Tower(
        ContainerDiscovery containers,
        PaneDiscovery panes,
        Optional<HostBench> hostBench,
        ContainerStore containerStore,
        PaneStore paneStore,
        AgentRegistration registration,
        AgentProfile profile,
        AgentRemoval removal,
        AgentStore agentStore,
        AgentStates agentStates,
        PromptQueue queue,
        EventRouting routing,
        LogAttachments logs,
        Directory directory,
        Health health,
        AppSessions sessions,
        AppScans scans,
        Events events,
        AuditLog audit,
        List<ExecutorService> ownedThreads)
        implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    /** Copies the list of threads. */
    public Tower {
        ownedThreads = List.copyOf(ownedThreads);
    }

    /** Starts building a tower. Ports that are not set are the in-memory twins. */
    public static TowerBuilder newBuilder() {
        return new TowerBuilder();
    }

    /**
     * Interrupts the tower's own threads and waits up to five seconds for each kind of them. Objects given to the builder stay open. Idempotent;
     * an interrupt ends the wait and the interrupt status is kept.
     */
    @Override
    public void close() {
        ownedThreads.forEach(ExecutorService::shutdownNow);
        try {
            for (ExecutorService threads : ownedThreads) {
                // Threads that ignore the interrupt end with the program, since all are daemon threads.
                threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}

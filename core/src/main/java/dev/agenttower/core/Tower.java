package dev.agenttower.core;

import dev.agenttower.core.agent.AgentProfile;
import dev.agenttower.core.agent.AgentRegistration;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.bench.ContainerDiscovery;
import dev.agenttower.core.bench.ContainerStore;
import dev.agenttower.core.bench.PaneDiscovery;
import dev.agenttower.core.bench.PaneStore;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.health.Health;
import dev.agenttower.core.scan.AppScans;
import dev.agenttower.core.session.AppSessions;

/**
 * The tower: its use cases, built from ports by {@link TowerBuilder}. Thread-safe.
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
        AuditLog audit) {
    /** Begins to build a tower. Ports that are not set are the in-memory twins. */
    public static TowerBuilder newBuilder() {
        return new TowerBuilder();
    }
}

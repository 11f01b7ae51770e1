package dev.agenttower.core.agent;

import dev.agenttower.core.bench.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * An agent as it is stored. Role and capability are within their closed sets; time stamps are kept as the text they were stored as.
 *
 * @param label what people call it, or empty; at most 64 code points
 * @param projectPath the absolute path it works in, or empty
 * @param parent the slave that a swarm agent belongs to, or null
 * @param permissionsJson what its role permits, as it is stored
 * @param lastSeenAt when a pane scan last saw its pane, or null
 */
public record Agent(
        AgentId id,
        PaneKey pane,
        Role role,
        Capability capability,
        String label,
        String projectPath,
        @Nullable AgentId parent,
        String permissionsJson,
        String createdAt,
        String lastRegisteredAt,
        @Nullable String lastSeenAt,
        boolean active) {}

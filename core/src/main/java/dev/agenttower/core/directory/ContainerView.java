package dev.agenttower.core.directory;

/**
 * A bench as a control panel shows it.
 *
 * @param active whether it was running and matched the rule at the last scan
 * @param paneCount its active panes
 * @param registeredAgentCount its active agents
 */
public record ContainerView(
        String containerId,
        String name,
        boolean active,
        String image,
        String firstSeenAt,
        String lastScannedAt,
        long paneCount,
        long registeredAgentCount) {}

package dev.agenttower.core.directory;

import dev.agenttower.core.page.Cells;
import dev.agenttower.core.page.ListDefinition;

/**
 * A bench container as shown in a control panel.
 *
 * @param active whether it was running and matched the rule at the last scan
 * @param paneCount the number of its active panes
 * @param registeredAgentCount the number of its active agents
 */
public record ContainerView(
        String containerId,
        String name,
        boolean active,
        String image,
        String firstSeenAt,
        String lastScannedAt,
        long paneCount,
        long registeredAgentCount) {
    private static final String ACTIVE = "active";

    /** The list of bench containers. The state {@code degraded_scan} of the contract is never used. */
    public static final ListDefinition<ContainerView> LIST = ListDefinition.of(
                    "app.container.list", ContainerView::read)
            .text("container_id", ContainerView::containerId)
            .text("name", ContainerView::name)
            .text("state", container -> container.active ? ACTIVE : "inactive")
            .text("image", ContainerView::image)
            .text("first_seen_at", ContainerView::firstSeenAt)
            .text("last_scanned_at", ContainerView::lastScannedAt)
            .number("pane_count", ContainerView::paneCount)
            .number("registered_agent_count", ContainerView::registeredAgentCount)
            .filter("state", ACTIVE, "inactive", "degraded_scan")
            .order("name", "name", "container_id")
            .order("first_seen_at", "first_seen_at", "container_id")
            .order("last_scanned_at", "last_scanned_at", "container_id")
            .withoutOperators()
            .build();

    private static ContainerView read(Cells row) {
        return new ContainerView(
                row.text("container_id"),
                row.text("name"),
                row.text("state").equals(ACTIVE),
                row.text("image"),
                row.text("first_seen_at"),
                row.text("last_scanned_at"),
                row.number("pane_count"),
                row.number("registered_agent_count"));
    }
}

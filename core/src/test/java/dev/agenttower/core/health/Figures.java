package dev.agenttower.core.health;

import dev.agenttower.core.health.DashboardFigures.Agents;
import dev.agenttower.core.health.DashboardFigures.Containers;
import dev.agenttower.core.health.DashboardFigures.LogAttachments;
import dev.agenttower.core.health.DashboardFigures.Panes;
import dev.agenttower.core.health.DashboardFigures.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures that advice is derived from; all zero at first. */
final class Figures {
    long activeContainers;
    long inactiveContainers;
    long panes;
    long registered;
    long agents;
    long activeAttachments;
    long enabledRoutes;
    long disabledRoutes;
    long blocked;

    @Nullable String firstContainer;

    @Nullable String firstPane;

    @Nullable String oldestBlocked;

    DashboardFigures build() {
        Map<String, Long> queue = new LinkedHashMap<>(DashboardFigures.EMPTY.queueByState());
        queue.put("blocked", blocked);
        return new DashboardFigures(
                new Containers(activeContainers, inactiveContainers),
                new Panes(panes, registered, registered, 0),
                new Agents(agents, 0, agents, activeAttachments),
                DashboardFigures.EMPTY.agentsByRole(),
                new LogAttachments(activeAttachments, 0),
                0,
                queue,
                new Routes(enabledRoutes, disabledRoutes),
                List.of(),
                List.of(),
                List.of(),
                firstContainer,
                firstPane,
                oldestBlocked);
    }
}

package dev.agenttower.bench;

import dev.agenttower.bench.tmux.TmuxSockets;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.InspectedContainer;
import java.util.List;
import java.util.Map;

/**
 * This host in the role of a bench container, named {@code host}: the tmux servers of the daemon's own user.
 *
 * <p>Thread-safe.
 */
final class LocalHostBench implements HostBench {
    private static final String NAME = "host";
    private static final String STATUS = "running";

    private final InspectedContainer description;
    private final TmuxSockets sockets;

    LocalHostBench(ContainerId id, String user, TmuxSockets sockets) {
        this.description = new InspectedContainer(
                id, NAME, NAME, STATUS, Map.of(), List.of(), user.isEmpty() ? null : user, null, List.of(), STATUS);
        this.sockets = sockets;
    }

    @Override
    public InspectedContainer describe() {
        return description;
    }

    @Override
    public void include(String socketPath) {
        sockets.include(socketPath);
    }

    @Override
    public boolean isTmuxRunning() {
        return sockets.isAnyServerRunning();
    }
}

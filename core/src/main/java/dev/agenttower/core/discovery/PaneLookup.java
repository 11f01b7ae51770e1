package dev.agenttower.core.discovery;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.pane.TmuxServer;

/**
 * Finds the current address of a pane in its bench container, even if no scan has seen the container yet, such as the host with its first tmux
 * server. Thread-safe.
 */
public final class PaneLookup {
    private final ContainerDiscovery containers;
    private final PaneDiscovery panes;
    private final PaneStore store;

    /** Builds the use case from the scanning use cases. */
    public PaneLookup(ContainerDiscovery containers, PaneDiscovery panes, PaneStore store) {
        this.containers = requireNonNull(containers, "containers");
        this.panes = requireNonNull(panes, "panes");
        this.store = requireNonNull(store, "store");
    }

    /**
     * Queries tmux in the container of a pane and returns the current address of the pane; the given address if the pane was unknown. A failed
     * query leaves the stored panes unchanged.
     *
     * @throws StorageException if the store cannot be read
     */
    public PaneKey current(PaneKey pane) {
        TmuxServer server = store.known(pane.container()).stream()
                .filter(known -> known.key().equals(pane))
                .findFirst()
                .map(PaneStore.KnownPane::server)
                .orElse(null);
        look(pane.container());
        return store.known(pane.container()).stream()
                .filter(known -> known.key().paneId().equals(pane.paneId()))
                .filter(known -> server != null && server.equals(known.server()))
                .findFirst()
                .map(PaneStore.KnownPane::key)
                .orElse(pane);
    }

    /** Queries tmux in a container and stores what it says; a failed query leaves the stored panes unchanged. */
    public void look(ContainerId bench) {
        try {
            containers.followHost();
            if (store.activeBenches(bench).isEmpty()) {
                containers.scan();
            }
            panes.scan(bench);
        } catch (RefusedException | StorageException nothingLearned) {
            // The scan has already reported it.
        }
    }
}

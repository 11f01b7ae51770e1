package dev.agenttower.core.discovery;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.pane.TmuxServer;

/**
 * Looks for one pane in its bench, also in one that no scan has seen yet, as is the first tmux server after the start of the daemon.
 * Thread-safe.
 */
public final class PaneLookup {
    private final ContainerDiscovery containers;
    private final PaneDiscovery panes;
    private final PaneStore store;

    /** Builds the use case from those that scan. */
    public PaneLookup(ContainerDiscovery containers, PaneDiscovery panes, PaneStore store) {
        this.containers = requireNonNull(containers, "containers");
        this.panes = requireNonNull(panes, "panes");
        this.store = requireNonNull(store, "store");
    }

    /**
     * Asks tmux in the bench of a pane and gives the address that the pane has now, which is the given one if the pane was not known. Whatever
     * cannot be asked leaves the stored panes as they are.
     *
     * @throws StorageException if the store cannot be read
     */
    public PaneKey current(PaneKey pane) {
        TmuxServer server = store.known(pane.container()).stream()
                .filter(known -> known.key().equals(pane))
                .findFirst()
                .map(PaneStore.KnownPane::server)
                .orElse(null);
        ask(pane.container());
        return store.known(pane.container()).stream()
                .filter(known -> known.key().paneId().equals(pane.paneId()))
                .filter(known -> server != null && server.equals(known.server()))
                .findFirst()
                .map(PaneStore.KnownPane::key)
                .orElse(pane);
    }

    private void ask(ContainerId bench) {
        try {
            containers.followHost();
            if (store.activeBenches(bench).isEmpty()) {
                containers.scan();
            }
            panes.scan(bench);
        } catch (RefusedException | StorageException nothingLearned) {
            // The scan itself has reported it.
        }
    }
}

package dev.agenttower.core.discovery;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.settings.DiscoverySettings.HostBenchMode;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.settings.SettingsSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the host is a bench now, by its mode and its tmux, and whether that was written already. */
final class HostPresence {
    private final HostBench bench;
    private final SettingsSource settings;
    private volatile @Nullable Boolean tmuxWhenWritten;

    HostPresence(HostBench bench, SettingsSource settings) {
        this.bench = bench;
        this.settings = settings;
    }

    ContainerId id() {
        return bench.id();
    }

    void include(String socketPath) {
        bench.include(socketPath);
    }

    /** Whether tmux was started or stopped since the last look that was written; true as long as there is none. */
    boolean hasNews() {
        Boolean written = tmuxWhenWritten;
        return written == null || written != bench.isTmuxRunning();
    }

    /**
     * Looks at mode and tmux.
     *
     * @throws InvalidSettingsException if the mode cannot be read
     */
    Look look() {
        HostBenchMode mode = settings.discovery().host();
        boolean tmux = bench.isTmuxRunning();
        boolean present = switch (mode) {
            case ON -> true;
            case AUTO -> tmux;
            case OFF -> false;
        };
        return new Look(bench.describe(), present, tmux);
    }

    /** {@link #look()}, or nothing if the mode cannot be read: the bench then stays as it is. */
    Optional<Look> lookIfAllowed() {
        try {
            return Optional.of(look());
        } catch (InvalidSettingsException invalid) {
            return Optional.empty();
        }
    }

    /** Notes that a look was written. */
    void remember(Look look) {
        tmuxWhenWritten = look.tmux();
    }

    /**
     * One look at the host.
     *
     * @param present whether the host is a bench
     * @param tmux whether tmux was running
     */
    record Look(InspectedContainer bench, boolean present, boolean tmux) {
        /** Writes what was seen; returns whether the bench became inactive by that. */
        boolean reconcile(ContainerStore.Writes writes, Set<ContainerId> active, String now) {
            if (present) {
                writes.upsert(bench, now);
                return false;
            }
            if (active.contains(bench.id())) {
                writes.deactivate(Set.of(bench.id()), now);
                return true;
            }
            return false;
        }
    }
}

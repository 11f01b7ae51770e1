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

/** Tracks whether the host is a bench, depending on the host mode and its tmux, and whether that state is stored. */
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

    /** Whether tmux was started or stopped since the last stored state; true while there is none. */
    boolean hasNews() {
        Boolean written = tmuxWhenWritten;
        return written == null || written != bench.isTmuxRunning();
    }

    /**
     * Reads mode and tmux.
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

    /** {@link #look()}, or empty if the mode cannot be read; then the bench is left unchanged. */
    Optional<Look> lookIfAllowed() {
        try {
            return Optional.of(look());
        } catch (InvalidSettingsException invalid) {
            return Optional.empty();
        }
    }

    /** Records that a state was stored. */
    void remember(Look look) {
        tmuxWhenWritten = look.tmux();
    }

    /**
     * The state of the host at one moment.
     *
     * @param present whether the host is a bench
     * @param tmux whether tmux was running
     */
    record Look(InspectedContainer bench, boolean present, boolean tmux) {
        /** Writes this state; returns whether the bench became inactive. */
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

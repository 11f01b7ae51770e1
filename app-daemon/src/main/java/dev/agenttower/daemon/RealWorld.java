package dev.agenttower.daemon;

import dev.agenttower.bench.Benches;
import dev.agenttower.bench.ProcHostGate;
import dev.agenttower.core.bench.ContainerChanges;
import dev.agenttower.core.bench.ContainerRuntime;
import dev.agenttower.core.bench.HostBench;
import dev.agenttower.core.bench.PaneChanges;
import dev.agenttower.core.bench.PaneSource;
import dev.agenttower.core.caller.HostGate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The world as it is: the container engine and tmux that the environment names, and this machine's processes. */
public final class RealWorld implements OutsideWorld {
    private final Benches benches;
    private final HostGate hostGate = new ProcHostGate(Path.of("/proc"));

    /** The world that an environment names. Nothing is asked before the first scan or watch. */
    public RealWorld(Map<String, String> environment) {
        this.benches = Benches.open(environment);
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public ContainerRuntime runtime() {
        return benches.runtime();
    }

    @Override
    public boolean isEngineInstalled() {
        return benches.engineInstalled();
    }

    @Override
    public ContainerChanges containerChanges() {
        return benches.containerChanges();
    }

    @Override
    public Optional<HostBench> hostBench() {
        return Optional.of(benches.hostBench());
    }

    @Override
    public PaneSource paneSource() {
        return benches.paneSource();
    }

    @Override
    public PaneChanges paneChanges() {
        return benches.paneChanges();
    }

    @Override
    public HostGate hostGate() {
        return hostGate;
    }

    @Override
    public void close() {
        benches.close();
    }
}

package dev.agenttower.daemon.world;

import dev.agenttower.bench.DockerAndTmux;
import dev.agenttower.bench.ProcContainerFiles;
import dev.agenttower.bench.ProcHostGate;
import dev.agenttower.bench.ProcProcessTree;
import dev.agenttower.bench.ProcWorkingDirectory;
import dev.agenttower.bench.log.HostLogFiles;
import dev.agenttower.core.agent.screen.PaneScreens;
import dev.agenttower.core.caller.ContainerFiles;
import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.container.ContainerChanges;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.event.LogNotices;
import dev.agenttower.core.event.LogReads;
import dev.agenttower.core.event.ReaderClock;
import dev.agenttower.core.governance.human.KnownClients;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.log.LogArchive;
import dev.agenttower.core.log.LogFiles;
import dev.agenttower.core.log.PanePipes;
import dev.agenttower.core.pane.PaneChanges;
import dev.agenttower.core.pane.PaneSource;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.daemon.settings.TomlSettings;
import dev.agenttower.workspace.log.HostLogArchive;
import dev.agenttower.workspace.log.HostLogReads;
import dev.agenttower.workspace.log.LogFolderWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real world: the container engine and tmux of the environment, and this machine's processes. */
public final class RealWorld implements OutsideWorld {
    private static final Logger LOG = LoggerFactory.getLogger(RealWorld.class);
    private static final Path PROC = Path.of("/proc");

    private final DockerAndTmux benches;
    private final LogFiles logFiles = new HostLogFiles();
    private final HostGate hostGate = new ProcHostGate(PROC);
    private final Supplier<KnownClients> clients;
    private @Nullable ProcessTree processes;
    private final Function<Peer, Optional<String>> workingDirectory = new ProcWorkingDirectory(PROC);

    /** The world of an environment. Connects to nothing before the first scan or watch. */
    public RealWorld(Map<String, String> environment) {
        this.benches = DockerAndTmux.open(environment);
        // The settings are checked before the first process is looked at.
        this.clients = () -> KnownClients.BUILT_IN.with(
                new TomlSettings(TowerPaths.of(environment).configFile()).agentClients());
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
    public PromptTyper promptTyper() {
        return benches.promptTyper();
    }

    @Override
    public PanePipes panePipes() {
        return benches.panePipes();
    }

    @Override
    public PaneScreens paneScreens() {
        return benches.paneScreens();
    }

    @Override
    public LogFiles logFiles() {
        return logFiles;
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
    public LogReads logReads() {
        return new HostLogReads();
    }

    @Override
    public LogArchive logArchive() {
        return new HostLogArchive();
    }

    @Override
    public LogNotices logNotices() {
        try {
            return new LogFolderWatch();
        } catch (IOException e) {
            LOG.warn("changes of logs are seen within a second only, because the system tells of none", e);
            return LogNotices.none();
        }
    }

    @Override
    public ReaderClock readerClock() {
        return new ReaderClock(clock(), System::nanoTime);
    }

    @Override
    public synchronized ProcessTree processes() {
        ProcessTree known = processes;
        if (known == null) {
            known = new ProcProcessTree(PROC, clients.get());
            processes = known;
        }
        return known;
    }

    @Override
    public Function<Peer, Optional<String>> workingDirectory() {
        return workingDirectory;
    }

    @Override
    public Function<Peer, Optional<ContainerFiles>> containerViews() {
        return peer -> ProcContainerFiles.of(PROC, peer);
    }

    @Override
    public void close() {
        benches.close();
    }
}

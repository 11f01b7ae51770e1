package dev.agenttower.bench;

import dev.agenttower.bench.engine.DockerContainerChanges;
import dev.agenttower.bench.engine.DockerContainerRuntime;
import dev.agenttower.bench.engine.EngineAddress;
import dev.agenttower.bench.engine.EngineClient;
import dev.agenttower.bench.engine.Execs;
import dev.agenttower.bench.engine.Watches;
import dev.agenttower.bench.tmux.DockerPaneChanges;
import dev.agenttower.bench.tmux.DockerPaneSource;
import dev.agenttower.bench.tmux.DockerTmuxRunner;
import dev.agenttower.bench.tmux.LocalPaneChanges;
import dev.agenttower.bench.tmux.LocalPaneSource;
import dev.agenttower.bench.tmux.LocalTmuxRunner;
import dev.agenttower.bench.tmux.Ticks;
import dev.agenttower.bench.tmux.TmuxPanePipes;
import dev.agenttower.bench.tmux.TmuxPaneScreens;
import dev.agenttower.bench.tmux.TmuxPromptTyper;
import dev.agenttower.bench.tmux.TmuxSockets;
import dev.agenttower.core.agent.screen.PaneScreens;
import dev.agenttower.core.container.ContainerChanges;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.HostIdentity;
import dev.agenttower.core.log.PanePipes;
import dev.agenttower.core.pane.PaneChanges;
import dev.agenttower.core.pane.PaneSource;
import dev.agenttower.core.queue.PromptTyper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Assembles the adapters for the container engine and tmux of this machine: it provides every port of discovery.
 *
 * <p>Thread-safe. Opening connects to nothing and starts no thread.
 */
public final class DockerAndTmux implements AutoCloseable {
    /** The time limit of one engine call, and of one bench container in a pane scan. */
    public static final Duration LIMIT = Duration.ofSeconds(5);

    private final EngineAddress address;
    private final EngineClient engine;
    private final DockerContainerRuntime runtime;
    private final HostBench hostBench;
    private final PaneSource paneSource;
    private final TmuxPromptTyper hostTyper = TmuxPromptTyper.ofHost(LIMIT);
    private final TmuxPromptTyper containerTyper;
    private final PromptTyper promptTyper;
    private final Watches watches = new Watches();
    private final Ticks ticks = new Ticks();
    private final ContainerChanges containerChanges;
    private final PaneChanges paneChanges;
    private final PanePipes panePipes;
    private final PaneScreens paneScreens;

    private DockerAndTmux(EngineAddress address, Machine machine) {
        this.address = address;
        this.engine = new EngineClient(address);
        this.runtime = new DockerContainerRuntime(engine, LIMIT);
        var sockets = new TmuxSockets(machine.tmuxFolder(), machine.uid());
        ContainerId host = HostIdentity.id(machine.id());
        this.hostBench = new LocalHostBench(host, machine.user(), sockets);
        var execs = new Execs(engine);
        this.paneSource = new BenchPaneSource(
                host,
                new LocalPaneSource(sockets, LIMIT, new ProcProcessTree(Path.of("/proc"))::startTicks),
                new DockerPaneSource(execs, LIMIT));
        this.containerTyper = TmuxPromptTyper.ofContainers(execs, LIMIT);
        this.promptTyper = new BenchPromptTyper(host, hostTyper, containerTyper);
        var tmux = new BenchTmuxRunner(host, new LocalTmuxRunner(LIMIT), new DockerTmuxRunner(execs, LIMIT));
        this.panePipes = new TmuxPanePipes(tmux);
        this.paneScreens = new TmuxPaneScreens(tmux);
        this.containerChanges = new DockerContainerChanges(engine, watches);
        this.paneChanges = new BenchPaneChanges(
                host, new LocalPaneChanges(sockets, watches), new DockerPaneChanges(execs, ticks, watches));
    }

    /**
     * Creates the adapters for the daemon's environment.
     *
     * @param environment supplies {@code DOCKER_HOST}, {@code DOCKER_CONTEXT}, {@code DOCKER_CONFIG}, {@code HOME} and {@code TMUX_TMPDIR};
     *     read once
     */
    public static DockerAndTmux open(Map<String, String> environment) {
        return new DockerAndTmux(EngineAddress.from(environment), Machine.here(environment));
    }

    /** The container engine. */
    public ContainerRuntime runtime() {
        return runtime;
    }

    /** The host as a bench container. */
    public HostBench hostBench() {
        return hostBench;
    }

    /** tmux in containers and on the host. */
    public PaneSource paneSource() {
        return paneSource;
    }

    /** Typing into panes, in containers and on the host. */
    public PromptTyper promptTyper() {
        return promptTyper;
    }

    /** The pipes of panes, in containers and on the host. */
    public PanePipes panePipes() {
        return panePipes;
    }

    /** The screens of panes, in containers and on the host. */
    public PaneScreens paneScreens() {
        return paneScreens;
    }

    /** Notifications of started and stopped containers. */
    public ContainerChanges containerChanges() {
        return containerChanges;
    }

    /** Notifications of opened and closed panes, in containers and on the host. */
    public PaneChanges paneChanges() {
        return paneChanges;
    }

    /** Whether this machine should have a container engine: its socket exists, or a variable or a context names one. */
    public boolean engineInstalled() {
        return address.isEngineExpected();
    }

    /** Ends all watches and releases shared resources; calls in progress fail. */
    @Override
    public void close() {
        hostTyper.close();
        containerTyper.close();
        watches.close();
        ticks.close();
        runtime.close();
        engine.close();
    }
}

package dev.agenttower.contract.scripted;

import dev.agenttower.bench.tmux.TmuxPanePipes;
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
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.LogArchive;
import dev.agenttower.core.log.LogFiles;
import dev.agenttower.core.log.PanePipes;
import dev.agenttower.core.pane.PaneChanges;
import dev.agenttower.core.pane.PaneSource;
import dev.agenttower.core.queue.InMemoryPromptTyper;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.route.RouteStore;
import dev.agenttower.daemon.lifecycle.StartStep;
import dev.agenttower.daemon.world.OutsideWorld;
import dev.agenttower.daemon.world.RealWorld;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The real world with scripted parts. If any part is scripted, nothing is watched and the host is no bench container, so that rows change
 * only by a test's own scans.
 */
final class ScriptedWorld implements OutsideWorld {
    private static final Pattern MILLIS = Pattern.compile("[1-9][0-9]{0,6}");
    private static final String DETAIL = "a test seam is active; never use this in production";

    private final Seams seams;
    private final OutsideWorld real;
    private final PanePipes panePipes;

    ScriptedWorld(Map<String, String> environment) {
        this.seams = new Seams(environment);
        this.real = new RealWorld(environment);
        this.panePipes = seams.panePipes()
                .<PanePipes>map(file -> new TmuxPanePipes(new ScriptedTmux(file)))
                .orElseGet(real::panePipes);
    }

    @Override
    public InstantSource clock() {
        return seams.time().<InstantSource>map(InstantSource::fixed).orElseGet(real::clock);
    }

    @Override
    public ContainerRuntime runtime() {
        return seams.containers().<ContainerRuntime>map(ScriptedRuntime::new).orElseGet(real::runtime);
    }

    @Override
    public boolean isEngineInstalled() {
        return seams.containers().isPresent() || real.isEngineInstalled();
    }

    @Override
    public ContainerChanges containerChanges() {
        return real.containerChanges();
    }

    @Override
    public Optional<HostBench> hostBench() {
        return seams.isScripted() ? HostBench.none() : real.hostBench();
    }

    @Override
    public PaneSource paneSource() {
        return seams.tmux().<PaneSource>map(ScriptedPaneSource::new).orElseGet(real::paneSource);
    }

    @Override
    public PromptTyper promptTyper() {
        return seams.tmux()
                .<PromptTyper>map(script -> new InMemoryPromptTyper())
                .orElseGet(real::promptTyper);
    }

    @Override
    public PaneScreens paneScreens() {
        return seams.tmux()
                .<PaneScreens>map(script -> (bench, pane) -> Optional.empty())
                .orElseGet(real::paneScreens);
    }

    @Override
    public ScheduledExecutorService deliveryTimer(ScheduledExecutorService timer) {
        return seams.deliveryTick()
                .<ScheduledExecutorService>map(TickedTimer::start)
                .orElse(timer);
    }

    @Override
    public LongSupplier ticker() {
        return seams.ticks().<LongSupplier>map(fixed -> () -> fixed).orElseGet(real::ticker);
    }

    @Override
    public RouteStore routes(RouteStore routes) {
        return seams.routingAbort()
                .<RouteStore>map(step -> new AbortingRouteStore(routes, step))
                .orElse(routes);
    }

    @Override
    public PanePipes panePipes() {
        return panePipes;
    }

    @Override
    public LogFiles logFiles() {
        return seams.logFiles()
                .<LogFiles>map(file -> new ScriptedLogFiles(file, real.logFiles()))
                .orElseGet(real::logFiles);
    }

    @Override
    public PaneChanges paneChanges() {
        return real.paneChanges();
    }

    @Override
    public HostGate hostGate() {
        return seams.isEveryPeerOnHost() ? peer -> peer.pid() > 0 : real.hostGate();
    }

    @Override
    public boolean isLive() {
        return !seams.isScripted();
    }

    @Override
    public LogReads logReads() {
        return seams.logFiles()
                .<LogReads>map(file -> new ScriptedLogReads(file, real.logReads()))
                .orElseGet(real::logReads);
    }

    @Override
    public LogArchive logArchive() {
        return real.logArchive();
    }

    @Override
    public LogNotices logNotices() {
        if (seams.readerTick().isPresent()) {
            return new TickedNotices(seams.readerTick().get());
        }
        return seams.isScripted() ? LogNotices.none() : real.logNotices();
    }

    @Override
    public ReaderClock readerClock() {
        return seams.readerClock().map(ScriptedReaderClock::of).orElseGet(real::readerClock);
    }

    @Override
    public ProcessTree processes() {
        return real.processes();
    }

    @Override
    public Function<Peer, Optional<String>> workingDirectory() {
        return real.workingDirectory();
    }

    @Override
    public Function<Peer, Optional<ContainerFiles>> containerViews() {
        return real.containerViews();
    }

    @Override
    public List<SubsystemState> dashboardView(List<SubsystemState> probed) {
        seams.dashboardLatency()
                .filter(millis -> MILLIS.matcher(millis).matches())
                .ifPresent(millis -> pause(Long.parseLong(millis)));
        List<String> degraded = seams.namesOfDegradedSubsystems();
        return probed.stream()
                .map(state -> degraded.contains(state.subsystem().wire())
                        ? SubsystemState.degraded(state.subsystem(), "test-only forced degraded")
                        : state)
                .toList();
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void announce(LifecycleLog log) {
        long pid = ProcessHandle.current().pid();
        if (seams.isEveryPeerOnHost()) {
            log.report(LifecycleEvent.HOST_PEER_CHECK_BYPASSED, "pid", pid, "detail", DETAIL);
        }
        seams.dashboardLatency()
                .ifPresent(millis -> log.report(
                        LifecycleEvent.DASHBOARD_TEST_LATENCY_INJECTED,
                        "pid",
                        pid,
                        "inject_ms",
                        millis,
                        "detail",
                        DETAIL));
        seams.degradedSubsystems()
                .ifPresent(names -> log.report(
                        LifecycleEvent.DASHBOARD_TEST_DEGRADED_FORCED,
                        "pid",
                        pid,
                        "forced_subsystems",
                        names,
                        "detail",
                        DETAIL));
    }

    @Override
    public void reached(StartStep step) {
        if (seams.haltAfter()
                .filter(step.name().toLowerCase(Locale.ROOT)::equals)
                .isPresent()) {
            System.err.println("halted after " + seams.haltAfter().orElseThrow());
            waitForKill();
        }
    }

    private static void waitForKill() {
        boolean isInterrupted = false;
        while (!isInterrupted) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                isInterrupted = true;
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        real.close();
    }
}

package dev.agenttower.daemon.world;

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
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.LogArchive;
import dev.agenttower.core.log.LogFiles;
import dev.agenttower.core.log.PanePipes;
import dev.agenttower.core.pane.PaneChanges;
import dev.agenttower.core.pane.PaneSource;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.route.RouteStore;
import dev.agenttower.daemon.lifecycle.StartStep;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Everything outside the daemon's own files: containers, tmux, callers and the clock. Assemblies differ only in their implementation of
 * this interface.
 *
 * <p>An implementation must be thread-safe. It is closed after everything that uses it.
 */
public interface OutsideWorld extends AutoCloseable {
    /** The clock for time stamps. */
    InstantSource clock();

    /** The container engine. */
    ContainerRuntime runtime();

    /** Whether a container engine seems to be installed, without a call to it. */
    boolean isEngineInstalled();

    /** Notifications of started and stopped containers. */
    ContainerChanges containerChanges();

    /** The host as a bench container; empty if it cannot be one, regardless of the settings. */
    Optional<HostBench> hostBench();

    /** tmux inside bench containers. */
    PaneSource paneSource();

    /** Typing into panes. */
    PromptTyper promptTyper();

    /** What runs the work of the prompt queue: the daemon's own timer, unless this world sets the pace. */
    default ScheduledExecutorService deliveryTimer(ScheduledExecutorService timer) {
        return timer;
    }

    /** Real time, in nanoseconds from any origin. */
    default LongSupplier ticker() {
        return System::nanoTime;
    }

    /** The store of routes, unless this world fails in its transactions. */
    default RouteStore routes(RouteStore routes) {
        return routes;
    }

    /** The pipes of panes. */
    PanePipes panePipes();

    /** The screens of panes. */
    PaneScreens paneScreens();

    /** The files of logs. */
    LogFiles logFiles();

    /** Notifications of opened and closed panes. */
    PaneChanges paneChanges();

    /** Determines whether a caller is on the host. */
    HostGate hostGate();

    /** Whether the world changes by itself; if not, nothing is watched, and an adoption does not search for the pane. */
    default boolean isLive() {
        return true;
    }

    /** The bytes of attached logs. */
    LogReads logReads();

    /** The older parts of logs. */
    LogArchive logArchive();

    /** Notifications of changed logs; called once. */
    LogNotices logNotices();

    /** The clocks of the reader of logs. */
    ReaderClock readerClock();

    /** The processes of the machine. */
    ProcessTree processes();

    /** The working directory of a host process, all links followed. */
    Function<Peer, Optional<String>> workingDirectory();

    /** The files of processes in containers; empty for a process that cannot be looked at. */
    Function<Peer, Optional<ContainerFiles>> containerViews();

    /** The dashboard's view of the probed states of the subsystems. */
    default List<SubsystemState> dashboardView(List<SubsystemState> probed) {
        return probed;
    }

    /** Logs how this world differs from the real one. */
    default void announce(LifecycleLog log) {}

    /** Called after each step of a start. */
    default void reached(StartStep step) {}

    @Override
    void close();
}

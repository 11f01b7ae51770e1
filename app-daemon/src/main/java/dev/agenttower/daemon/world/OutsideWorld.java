package dev.agenttower.daemon.world;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.container.ContainerChanges;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.pane.PaneChanges;
import dev.agenttower.core.pane.PaneSource;
import dev.agenttower.daemon.lifecycle.StartStep;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that a daemon meets outside its own files: containers, tmux, callers and the clock. The one seam by which an assembly differs
 * from another.
 *
 * <p>An implementation must be thread-safe. It is closed after everything that uses it.
 */
public interface OutsideWorld extends AutoCloseable {
    /** The clock for time stamps. */
    InstantSource clock();

    /** The container engine. */
    ContainerRuntime runtime();

    /** Whether a container engine is installed, as far as can be told without asking it. */
    boolean isEngineInstalled();

    /** Tells when containers come and go. */
    ContainerChanges containerChanges();

    /** The host as a bench; empty where it is none whatever the settings say. */
    Optional<HostBench> hostBench();

    /** tmux inside benches. */
    PaneSource paneSource();

    /** Tells when panes come and go. */
    PaneChanges paneChanges();

    /** Tells who calls from the host. */
    HostGate hostGate();

    /** Whether anything changes without being asked for; where nothing does, nothing is followed, and no pane is looked for when it is adopted. */
    default boolean isLive() {
        return true;
    }

    /** The processes of the machine. */
    ProcessTree processes();

    /** Tells where a process on the host is, all links followed. */
    Function<Peer, Optional<String>> workingDirectory();

    /** What the dashboard takes the probed states of the subsystems for. */
    default List<SubsystemState> dashboardView(List<SubsystemState> probed) {
        return probed;
    }

    /** Says in the log in what this world is not the real one. */
    default void announce(LifecycleLog log) {}

    /** Is told of each step of a start. */
    default void reached(StartStep step) {}

    @Override
    void close();
}

package dev.agenttower.daemon.world;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.Inspection;
import dev.agenttower.core.container.RunningContainer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container engine that remembers the result of its last call. */
public final class WatchedRuntime implements ContainerRuntime {
    private final ContainerRuntime engine;
    private volatile @Nullable ContainerEngineException trouble;

    /** Wraps this engine. */
    public WatchedRuntime(ContainerRuntime engine) {
        this.engine = engine;
    }

    /** Why the last call failed; null if it succeeded, or there was none. */
    @Nullable ContainerEngineException trouble() {
        return trouble;
    }

    @Override
    public List<RunningContainer> listRunning() {
        try {
            List<RunningContainer> running = engine.listRunning();
            trouble = null;
            return running;
        } catch (ContainerEngineException e) {
            trouble = e;
            throw e;
        }
    }

    @Override
    public Inspection inspect(List<RunningContainer> containers) {
        try {
            return engine.inspect(containers);
        } catch (ContainerEngineException e) {
            trouble = e;
            throw e;
        }
    }
}

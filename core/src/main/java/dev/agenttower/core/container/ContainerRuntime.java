package dev.agenttower.core.container;

import java.util.List;

/**
 * The container engine, as far as discovery needs it. An implementation must answer each call within five seconds and be thread-safe.
 */
public interface ContainerRuntime {
    /**
     * The running containers, each once for every name it has, in the order of the engine.
     *
     * @throws ContainerEngineException if the engine cannot be asked
     */
    List<RunningContainer> listRunning();

    /**
     * Details of the given containers. A container that cannot be inspected is listed as a failure and does not affect the others.
     *
     * @param containers from {@link #listRunning()}, each id once
     * @throws ContainerEngineException if the engine cannot be queried at all
     */
    Inspection inspect(List<RunningContainer> containers);
}

package dev.agenttower.bench.tmux;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes.Unreachable;

/** Maps failures of the engine to results for one bench container. */
final class EngineAnswers {
    /** The exit status to report when the engine did not start the program. */
    static final int STATUS = 125;

    private EngineAnswers() {}

    /**
     * The result for a container whose engine call failed.
     *
     * @throws ContainerEngineException if the engine is unreachable for all containers
     */
    static Unreachable unreachable(ContainerEngineException failure) {
        if (failure.code() == ErrorCode.DOCKER_UNAVAILABLE) {
            throw failure;
        }
        boolean refused = failure.code() == ErrorCode.DOCKER_PERMISSION_DENIED;
        return new Unreachable(
                refused ? ErrorCode.DOCKER_PERMISSION_DENIED : ErrorCode.DOCKER_EXEC_FAILED, failure.getMessage());
    }
}

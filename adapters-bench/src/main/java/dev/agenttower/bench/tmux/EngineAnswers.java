package dev.agenttower.bench.tmux;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes.Unreachable;

/** What a failure of the engine means for one bench. */
final class EngineAnswers {
    /** Stands for the exit code where the engine answered an error instead of starting the program. */
    static final int STATUS = 125;

    private EngineAnswers() {}

    /**
     * The answer for a bench that the engine could not be asked about.
     *
     * @throws ContainerEngineException if the engine is gone for all benches
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

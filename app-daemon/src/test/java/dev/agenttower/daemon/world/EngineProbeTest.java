package dev.agenttower.daemon.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.Inspection;
import dev.agenttower.core.container.RunningContainer;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.health.SubsystemState.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EngineProbeTest {
    private final Engine engine = new Engine();
    private final WatchedRuntime runtime = new WatchedRuntime(engine);
    private @Nullable String lost;
    private boolean isDispensable;
    private final EngineProbe probe = new EngineProbe(runtime, () -> lost, () -> isDispensable);

    private Status status() {
        return probe.probe().status();
    }

    private void scan(@Nullable ErrorCode failure) {
        engine.failure = failure;
        if (failure == null) {
            runtime.listRunning();
        } else {
            assertThatThrownBy(runtime::listRunning).isInstanceOf(ContainerEngineException.class);
        }
    }

    @Test
    void is_well_before_anything_was_asked() {
        assertThat(status()).isEqualTo(Status.OK);
    }

    @Test
    void follows_the_last_scan() {
        scan(ErrorCode.DOCKER_UNAVAILABLE);
        assertThat(status()).isEqualTo(Status.UNAVAILABLE);
        scan(ErrorCode.DOCKER_TIMEOUT);
        assertThat(status()).isEqualTo(Status.DEGRADED);
        assertThat(probe.probe().reason()).isEqualTo("trouble");
        scan(null);
        assertThat(status()).isEqualTo(Status.OK);
    }

    @Test
    void follows_the_watch_before_any_scan() {
        lost = "gone";
        assertThat(status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(probe.probe().reason()).isEqualTo("gone");
    }

    @Test
    void is_well_without_an_engine_that_nobody_needs() {
        lost = "gone";
        isDispensable = true;
        assertThat(status()).isEqualTo(Status.OK);
    }

    private static final class Engine implements ContainerRuntime {
        private @Nullable ErrorCode failure;

        @Override
        public List<RunningContainer> listRunning() {
            if (failure != null) {
                throw new ContainerEngineException(failure, "trouble");
            }
            return List.of();
        }

        @Override
        public Inspection inspect(List<RunningContainer> containers) {
            return new Inspection(List.of(), List.of());
        }
    }
}

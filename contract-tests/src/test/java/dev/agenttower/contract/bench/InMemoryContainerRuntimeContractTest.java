package dev.agenttower.contract.bench;

import dev.agenttower.core.bench.ContainerId;
import dev.agenttower.core.bench.ContainerRuntime;
import dev.agenttower.core.bench.InMemoryContainerRuntime;
import dev.agenttower.core.bench.InspectedContainer;
import dev.agenttower.core.bench.RunningContainer;
import java.util.List;
import java.util.Map;

final class InMemoryContainerRuntimeContractTest extends ContainerRuntimeContract {
    private final InMemoryContainerRuntime runtime = new InMemoryContainerRuntime();

    @Override
    ContainerRuntime runtime() {
        return runtime;
    }

    @Override
    RunningContainer start(String suffix) {
        var id = new ContainerId("id-of-" + suffix);
        runtime.start(new InspectedContainer(
                id, suffix, "img", "running", Map.of(), List.of(), "dev", null, List.of(), "Up 1 second"));
        return new RunningContainer(id, suffix, "img", "Up 1 second");
    }

    @Override
    void stop(ContainerId id) {
        runtime.stop(id);
    }
}

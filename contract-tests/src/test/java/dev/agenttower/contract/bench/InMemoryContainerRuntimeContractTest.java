package dev.agenttower.contract.bench;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.InMemoryContainerRuntime;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.RunningContainer;
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

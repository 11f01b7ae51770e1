package dev.agenttower.contract.bench;

import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.core.container.ContainerChanges;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("docker")
final class DockerContainerChangesContractTest extends ContainerChangesContract {
    @RegisterExtension
    final EngineLab lab = new EngineLab();

    private @Nullable Bench started;

    @Override
    ContainerChanges changes() {
        return lab.benches().containerChanges();
    }

    @Override
    void reachEngine() {
        if (!lab.relay().isLeading()) {
            lab.relay().lead();
        }
    }

    @Override
    void loseEngine() {
        lab.relay().cut();
    }

    @Override
    void start() {
        started = lab.up("py");
    }

    @Override
    void stop() {
        if (started != null) {
            started.stop();
        }
    }
}

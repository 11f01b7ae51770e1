package dev.agenttower.contract.bench;

import dev.agenttower.bench.Benches;
import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.core.bench.ContainerChanges;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
final class DockerContainerChangesContractTest extends ContainerChangesContract {
    @TempDir
    private Path folder;

    private BenchLab lab;
    private EngineRelay relay;
    private Benches benches;
    private @Nullable Bench started;

    @BeforeEach
    void open() {
        lab = BenchLab.open();
        relay = new EngineRelay(folder.resolve("e"));
        relay.lead();
        benches = Benches.open(relay.environment());
    }

    @AfterEach
    void close() {
        if (benches != null) {
            benches.close();
            relay.close();
            lab.close();
        }
    }

    @Override
    ContainerChanges changes() {
        return benches.containerChanges();
    }

    @Override
    void reachEngine() {
        if (!relay.isLeading()) {
            relay.lead();
        }
    }

    @Override
    void loseEngine() {
        relay.cut();
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

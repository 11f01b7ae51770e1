package dev.agenttower.contract.bench;

import static java.util.Objects.requireNonNull;

import dev.agenttower.bench.DockerAndTmux;
import dev.agenttower.contract.bench.BenchLab.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Real bench containers for each test, and the benches that see them through a relay, which can be cut. */
final class EngineLab implements BeforeEachCallback, AfterEachCallback {
    private @Nullable BenchLab containers;
    private @Nullable Path folder;
    private @Nullable EngineRelay relay;
    private @Nullable DockerAndTmux benches;

    Bench up(String suffix) {
        return requireNonNull(containers).up(suffix);
    }

    EngineRelay relay() {
        return requireNonNull(relay);
    }

    DockerAndTmux benches() {
        return requireNonNull(benches);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        containers = BenchLab.open();
        // the path of a socket is short of room
        folder = Files.createTempDirectory(Path.of("/tmp"), "at");
        relay = new EngineRelay(folder.resolve("e"));
        relay.lead();
        benches = DockerAndTmux.open(relay.environment());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (benches != null) {
            benches.close();
        }
        if (relay != null) {
            relay.close();
        }
        if (folder != null) {
            Files.delete(folder);
        }
        if (containers != null) {
            containers.close();
        }
    }
}

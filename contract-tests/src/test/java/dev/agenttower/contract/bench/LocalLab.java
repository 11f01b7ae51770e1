package dev.agenttower.contract.bench;

import static java.util.Objects.requireNonNull;

import dev.agenttower.bench.DockerAndTmux;
import dev.agenttower.core.pane.BenchTarget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A private tmux for each test, and the benches that see no other. */
final class LocalLab implements BeforeEachCallback, AfterEachCallback {
    private @Nullable PrivateTmux tmux;
    private @Nullable DockerAndTmux benches;

    PrivateTmux tmux() {
        return requireNonNull(tmux);
    }

    DockerAndTmux benches() {
        return requireNonNull(benches);
    }

    BenchTarget target() {
        return new BenchTarget(benches().hostBench().id(), "host", "me");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        tmux = PrivateTmux.open();
        benches = DockerAndTmux.open(tmux.environment());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (benches != null) {
            benches.close();
        }
        if (tmux != null) {
            tmux.close();
        }
    }
}

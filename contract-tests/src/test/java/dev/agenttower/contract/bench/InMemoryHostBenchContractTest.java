package dev.agenttower.contract.bench;

import dev.agenttower.core.bench.HostBench;
import dev.agenttower.core.bench.HostIdentity;
import dev.agenttower.core.bench.InMemoryHostBench;

final class InMemoryHostBenchContractTest extends HostBenchContract {
    private final InMemoryHostBench host = new InMemoryHostBench(HostIdentity.id("machine"), "dev");

    @Override
    HostBench host() {
        return host;
    }

    @Override
    void startTmux() {
        host.tmuxRunning(true);
    }

    @Override
    void endTmux() {
        host.tmuxRunning(false);
    }
}

package dev.agenttower.contract.bench;

import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.HostIdentity;
import dev.agenttower.core.container.InMemoryHostBench;

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
    String startTmuxElsewhere() {
        host.startElsewhere("/elsewhere/tmux");
        return "/elsewhere/tmux";
    }

    @Override
    void endTmux() {
        host.tmuxRunning(false);
    }
}

package dev.agenttower.contract.store;

import dev.agenttower.core.governance.human.AgentProcesses;
import dev.agenttower.core.governance.human.InMemoryAgentProcesses;
import java.nio.file.Path;

final class InMemoryAgentProcessesContractTest extends AgentProcessesContract {
    @Override
    AgentProcesses open(Path folder) {
        return new InMemoryAgentProcesses();
    }

    @Override
    void close() {}
}

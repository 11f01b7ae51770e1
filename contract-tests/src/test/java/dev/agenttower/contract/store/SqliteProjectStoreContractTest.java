package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.human.AgentProcesses;
import dev.agenttower.core.governance.human.InMemoryProcessTree;
import dev.agenttower.core.governance.registry.ProjectStore;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SqliteProjectStoreContractTest extends ProjectStoreContract {
    private SqliteStores stores;

    @Override
    ProjectStore open(Path directory) {
        Path database = directory.resolve("state").resolve("agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
        return stores.projects();
    }

    @Override
    void close() {
        stores.close();
    }

    @Test
    void remembers_agents_of_this_run_of_the_machine_as_long_as_they_live() {
        InMemoryProcessTree processes = new InMemoryProcessTree();
        ProcessMark first = processes.start(10, 0, 10);
        ProcessMark second = processes.start(20, 0, 20);
        AgentProcesses agents = stores.agentProcesses(processes, "boot", "host");
        agents.remember(first);
        agents.remember(first);
        assertThat(agents.spoken()).containsExactly(first);
        assertThat(stores.agentProcesses(processes, "later", "host").spoken()).isEmpty();
        processes.end(10);
        agents.remember(second);
        assertThat(agents.spoken()).containsExactly(second);
        assertThat(agents.panes()).isEmpty();
    }
}

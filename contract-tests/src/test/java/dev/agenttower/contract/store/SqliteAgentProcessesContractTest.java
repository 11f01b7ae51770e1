package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.human.AgentMarks;
import dev.agenttower.core.governance.human.AgentProcesses;
import dev.agenttower.core.governance.human.MarkedPane;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.SessionMember;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SqliteAgentProcessesContractTest extends AgentProcessesContract {
    private static final AgentMarks MARKS = new AgentMarks(
            Set.of(new SessionMember(new ProcessMark(10, 1), new KernelSession(10, 1))),
            Set.of(new MarkedPane(new ProcessMark(9, 1), "%0", true)));

    private Path database;
    private SqliteStores stores;

    @Override
    AgentProcesses open(Path folder) {
        database = folder.resolve("state").resolve("agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
        return agents("boot");
    }

    @Override
    void close() {
        stores.close();
    }

    private AgentProcesses agents(String boot) {
        return stores.agentProcesses(boot, "host");
    }

    @Test
    void marks_are_those_of_one_run_of_the_machine() {
        agents("boot").change(Set.of(), MARKS);
        stores.close();
        stores = SqliteStores.open(database);
        assertThat(agents("boot").marks()).isEqualTo(MARKS);
        assertThat(agents("later").marks()).isEqualTo(AgentMarks.NONE);
        agents("later").change(Set.of(), AgentMarks.NONE);
        assertThat(agents("boot").marks()).isEqualTo(AgentMarks.NONE);
    }

    @Test
    void takes_over_what_an_older_build_remembered() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE agent_marks");
            statement.executeUpdate("DROP TABLE agent_pane_marks");
            statement.executeUpdate("INSERT INTO agent_processes (boot_id, pid, start_ticks) VALUES ('boot', 7, 70)");
        }
        Registry.prepare(database);
        Registry.prepare(database);
        assertThat(agents("boot").marks().processes())
                .containsExactly(new SessionMember(new ProcessMark(7, 70), KernelSession.NONE));
    }
}

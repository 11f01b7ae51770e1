package dev.agenttower.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SeveralProcessesTest {
    @TempDir
    Path directory;

    @Test
    void may_prepare_one_file_at_once() throws Exception {
        Path database = directory.resolve("state/agenttower.sqlite3");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(ChildProcess.start("prepare", database));
        }
        List<String> outcomes = new ArrayList<>();
        for (Process process : processes) {
            outcomes.addAll(process.inputReader().lines().toList());
            assertThat(process.waitFor()).isZero();
        }
        assertThat(outcomes).containsExactlyInAnyOrder("CREATED", "EXISTED", "EXISTED");
    }

    @Test
    void one_that_is_killed_while_it_writes_leaves_whole_transactions() throws Exception {
        Path database = directory.resolve("state/agenttower.sqlite3");
        for (int attempt = 1; attempt <= 3; attempt++) {
            int committed = writeUntilKilled(database, attempt * 5);
            assertThat(Registry.prepare(database)).isEqualTo(Registry.Outcome.EXISTED);
            assertThat(query(database, "PRAGMA integrity_check")).containsExactly("ok");
            assertThat(query(database, "SELECT DISTINCT COUNT(*) FROM panes GROUP BY tmux_session_name"))
                    .containsExactly("100");
            assertThat(query(database, "SELECT COUNT(DISTINCT tmux_session_name) >= " + committed + " FROM panes"))
                    .containsExactly("1");
        }
    }

    /** Lets a process write and kills it after some of its transactions; what it reported is committed. */
    private static int writeUntilKilled(Path database, int rounds) throws IOException, InterruptedException {
        Process process = ChildProcess.start("write", database);
        int committed = 0;
        try (BufferedReader lines = process.inputReader()) {
            lines.readLine();
            while (committed < rounds) {
                assertThat(lines.readLine()).isEqualTo(String.valueOf(committed));
                committed++;
            }
            process.destroyForcibly();
        }
        process.waitFor();
        return committed;
    }

    private static List<String> query(Path database, String sql) throws SQLException {
        try (PlainDatabase plain = new PlainDatabase(database)) {
            return plain.query(sql);
        }
    }
}

package dev.agenttower.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.sqlite.database.Connections;
import dev.agenttower.sqlite.database.DatabasePaths;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MigrationsTest {
    private static final String EVENT = "INSERT INTO events (event_id, event_type, agent_id, attachment_id, log_path,"
            + " byte_range_start, byte_range_end, line_offset_start, line_offset_end, observed_at, excerpt,"
            + " classifier_rule_id) VALUES (%d, 'completed', 'a', 'lat', '/log', 0, 5, 0, 1, 'now', 'größe', 'rule')";
    private static final String MESSAGE = "INSERT INTO message_queue (message_id, state, sender_agent_id, sender_label,"
            + " sender_role, target_agent_id, target_label, target_role, target_container_id, target_pane_id,"
            + " envelope_body, envelope_body_sha256, envelope_size_bytes, enqueued_at, last_updated_at)"
            + " VALUES ('m', 'queued', 'a', 'a', 'master', 'b', 'b', 'slave', 'c', '%1', x'00', 'x', 1, 't', 't')";
    private static final String SHAPE = "SELECT m.type, m.name, t.name, t.type, t.\"notnull\", t.dflt_value, t.pk"
            + " FROM sqlite_master AS m LEFT JOIN pragma_table_info(m.name) AS t"
            + " WHERE m.name NOT LIKE 'sqlite_%' ORDER BY m.type, m.name, t.cid";

    @TempDir
    Path directory;

    private Path database;

    @BeforeEach
    void names_the_file() {
        database = directory.resolve("state/agenttower.sqlite3");
        DatabasePaths.ensureDirectory(database.getParent());
        DatabasePaths.createFile(database);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void brings_every_older_version_to_the_shape_of_a_new_database(int version) throws SQLException {
        writeVersion(version);
        Path fresh = directory.resolve("fresh/agenttower.sqlite3");
        Registry.prepare(fresh);

        assertThat(Registry.prepare(database)).isEqualTo(Registry.Outcome.EXISTED);

        assertThat(query(database, SHAPE)).isEqualTo(query(fresh, SHAPE));
        assertThat(query(database, "SELECT version FROM schema_version")).containsExactly("8");
    }

    @Test
    void a_file_whose_tables_another_process_is_making_is_no_foreign_one() throws SQLException {
        try (Connection connection = new Connections(database).open()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
            }
            Migrations.check(afterTheFirstQuery(connection, () -> Registry.prepare(database)));
        }
        assertThat(query(database, "SELECT version FROM schema_version")).containsExactly("8");
    }

    /** A connection during whose first query something else happens. */
    private static Connection afterTheFirstQuery(Connection connection, Runnable event) {
        AtomicBoolean hasHappened = new AtomicBoolean();
        return proxy(Connection.class, (self, method, arguments) -> {
            Object made = method.invoke(connection, arguments);
            return !(made instanceof Statement)
                    ? made
                    : proxy(Statement.class, (statement, called, values) -> {
                        Object result = called.invoke(made, values);
                        if (called.getName().equals("executeQuery") && hasHappened.compareAndSet(false, true)) {
                            event.run();
                        }
                        return result;
                    });
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7})
    void rows_survive(int version) throws SQLException {
        writeVersion(version);
        Registry.prepare(database);
        assertThat(query(database, "SELECT container_id, labels_json FROM containers"))
                .containsExactly("c|{\"ü\":\"1\"}");
        if (version >= 4) {
            assertThat(query(database, "SELECT agent_id, role, label FROM agents"))
                    .containsExactly("a|master|");
        }
        if (version >= 6) {
            assertThat(query(database, "SELECT event_id, attachment_id, byte_range_end, excerpt FROM events"))
                    .containsExactly("3|lat|5|größe", "7|lat|5|größe");
        }
        if (version >= 7) {
            assertThat(query(
                            database,
                            "SELECT message_id, origin, route_id IS NULL, event_id IS NULL FROM message_queue"))
                    .containsExactly("m|direct|1|1");
            assertThat(query(database, "SELECT value FROM daemon_state")).containsExactly("disabled");
        }
    }

    @Test
    void ids_of_events_are_not_used_again() throws SQLException {
        writeVersion(6);
        Registry.prepare(database);
        try (PlainDatabase plain = new PlainDatabase(database)) {
            plain.execute("INSERT INTO events (event_type, agent_id, observed_at, excerpt)"
                    + " VALUES ('routing_toggled', 'host-operator', 'now', '')");
            assertThat(plain.query("SELECT MAX(event_id) FROM events")).containsExactly("8");
        }
    }

    @Test
    void nothing_remains_of_a_migration_that_fails() throws SQLException {
        writeVersion(6);
        try (PlainDatabase plain = new PlainDatabase(database)) {
            plain.execute("CREATE TABLE events_rebuilt (in_the_way)");
        }
        assertThatThrownBy(() -> Registry.prepare(database)).isInstanceOf(RegistryException.class);
        assertThat(query(database, "SELECT version FROM schema_version")).containsExactly("6");
        assertThat(query(database, "SELECT name FROM sqlite_master WHERE name IN ('routes', 'message_queue')"))
                .isEmpty();
        assertThat(query(database, "SELECT COUNT(*) FROM events")).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void refuses_a_version_below_that_of_its_tables(int version) throws SQLException {
        Registry.prepare(database);
        try (PlainDatabase plain = new PlainDatabase(database)) {
            plain.execute("UPDATE schema_version SET version = " + version);
        }

        assertThatThrownBy(() -> Registry.prepare(database))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("schema_version is " + version + ", but there is the table");

        assertThat(query(database, "SELECT version FROM schema_version")).containsExactly(String.valueOf(version));
    }

    @Test
    void takes_a_version_table_without_a_row_for_a_new_database() throws SQLException {
        try (PlainDatabase plain = new PlainDatabase(database)) {
            plain.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)");
        }
        Registry.prepare(database);
        assertThat(query(database, "SELECT version FROM schema_version")).containsExactly("8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO schema_version VALUES (8), (8)",
                "SELECT 1",
                "DROP TABLE schema_version",
                "INSERT INTO schema_version VALUES (x'08')",
                "INSERT INTO schema_version VALUES (0)"
            })
    void refuses_what_does_not_say_its_version(String damage) throws SQLException {
        try (PlainDatabase plain = new PlainDatabase(database)) {
            plain.execute(
                    "CREATE TABLE schema_version (version INTEGER NOT NULL)", "CREATE TABLE notes (text)", damage);
        }
        List<String> before = query(database, SHAPE);

        assertThatThrownBy(() -> Registry.prepare(database))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("refusing to open, nothing was changed");

        assertThat(query(database, SHAPE)).isEqualTo(before);
        assertThat(query(database, "PRAGMA journal_mode")).containsExactly("delete");
    }

    @Test
    void checks_values_as_it_says() throws SQLException {
        Registry.prepare(database);
        try (PlainDatabase plain = new PlainDatabase(database)) {
            plain.execute("PRAGMA ignore_check_constraints = OFF");
            for (String refused : List.of(
                    "UPDATE daemon_state SET value = 'maybe'",
                    "INSERT INTO daemon_state VALUES ('other', 'enabled', 't', 'me')",
                    "INSERT INTO events (event_type, agent_id, observed_at, excerpt, byte_range_start)"
                            + " VALUES ('completed', 'a', 't', '', 3)",
                    "INSERT INTO events (event_type, agent_id, observed_at, excerpt, record_at)"
                            + " VALUES ('completed', 'a', 't', '', 'x')",
                    "INSERT INTO routes (route_id, event_type, source_scope_kind, target_rule, master_rule, template,"
                            + " created_at, updated_at) VALUES ('r', 'completed', 'role', 'source', 'auto', '', '', '')",
                    MESSAGE.replace("'queued'", "'delivered'"),
                    MESSAGE.replace("x'00', 'x', 1", "x'00', 'x', 0"))) {
                assertThatThrownBy(() -> plain.execute(refused))
                        .as(refused)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("CHECK");
            }
        }
    }

    /** A database as a build of that version left it. */
    private void writeVersion(int version) throws SQLException {
        try (PlainDatabase plain = new PlainDatabase(database);
                Statement statement = plain.connection().createStatement()) {
            for (int step = 1; step <= version; step++) {
                Migrations.runStep(statement, step + ".sql");
                fill(plain, step);
            }
            plain.execute("INSERT INTO schema_version VALUES (" + version + ")");
        }
    }

    private static void fill(PlainDatabase plain, int step) throws SQLException {
        switch (step) {
            case 2 ->
                plain.execute("INSERT INTO containers (container_id, name, image, status, labels_json, active,"
                        + " first_seen_at, last_scanned_at) VALUES ('c', 'n', 'i', 's', '{\"ü\":\"1\"}', 1, 't', 't')");
            case 4 ->
                plain.execute("INSERT INTO agents (agent_id, container_id, tmux_socket_path, tmux_session_name,"
                        + " tmux_window_index, tmux_pane_index, tmux_pane_id, role, capability, effective_permissions,"
                        + " created_at, last_registered_at, active)"
                        + " VALUES ('a', 'c', '/s', 'main', 0, 0, '%0', 'master', 'shell', '{}', 't', 't', 1)");
            case 6 -> plain.execute(EVENT.formatted(3), EVENT.formatted(7));
            case 7 -> plain.execute(MESSAGE, "UPDATE daemon_state SET value = 'disabled'");
            default -> {
                // The other steps make tables that the cases do not look at.
            }
        }
    }

    private static List<String> query(Path file, String sql) throws SQLException {
        try (PlainDatabase plain = new PlainDatabase(file)) {
            return plain.query(sql);
        }
    }
}

package dev.agenttower.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.sqlite.database.DatabasePaths;
import dev.agenttower.sqlite.database.UnsafePathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RegistryTest {
    @TempDir
    Path home;

    private Path state;
    private Path database;

    @BeforeEach
    void names_the_file() {
        state = home.resolve("state/opensoft/agenttower");
        database = state.resolve("agenttower.sqlite3");
    }

    @Test
    void creates_private_folders_and_a_private_file() throws IOException {
        assertThat(Registry.prepare(database)).isEqualTo(Registry.Outcome.CREATED);

        for (Path directory = state; !directory.equals(home); directory = directory.getParent()) {
            assertThat(mode(directory)).as("%s", directory).isEqualTo("rwx------");
        }
        assertThat(mode(database)).isEqualTo("rw-------");
    }

    @Test
    void leaves_nothing_beside_the_file() throws IOException {
        Registry.prepare(database);
        assertThat(names(state)).containsExactly("agenttower.sqlite3");
    }

    @Test
    void may_be_repeated() throws SQLException {
        Registry.prepare(database);
        for (int i = 0; i < 10; i++) {
            assertThat(Registry.prepare(database)).isEqualTo(Registry.Outcome.EXISTED);
        }
        assertThat(query("SELECT COUNT(*), MAX(version) FROM schema_version")).containsExactly("1|8");
    }

    @Test
    void writes_ahead_and_seeds_the_switch_of_routing() throws SQLException {
        Registry.prepare(database);
        assertThat(query("PRAGMA journal_mode")).containsExactly("wal");
        assertThat(query("SELECT key, value, last_updated_by FROM daemon_state"))
                .containsExactly("routing_enabled|enabled|(daemon-init)");
        assertThat(query("SELECT last_updated_at FROM daemon_state").get(0))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    @Test
    void keeps_the_switch_of_routing() throws SQLException {
        Registry.prepare(database);
        execute("UPDATE daemon_state SET value = 'disabled', last_updated_by = 'me'");
        Registry.prepare(database);
        assertThat(query("SELECT value, last_updated_by FROM daemon_state")).containsExactly("disabled|me");
    }

    @Test
    void brings_back_a_table_that_was_dropped() throws SQLException {
        Registry.prepare(database);
        execute("DROP TABLE events");
        execute("DROP TABLE routes");
        Registry.prepare(database);
        assertThat(query("SELECT \"notnull\" FROM pragma_table_info('events') WHERE name = 'attachment_id'"))
                .containsExactly("0");
        assertThat(query("SELECT COUNT(*) FROM routes")).containsExactly("0");
    }

    @Test
    void takes_names_that_mean_something_in_a_uri() {
        Path odd = home.resolve("a b?c#d%20é&mode=memory/agenttower.sqlite3");
        Registry.prepare(odd);
        assertThat(odd).isNotEmptyFile();
    }

    @Test
    void takes_an_empty_file_for_a_new_database() throws IOException, SQLException {
        DatabasePaths.ensureDirectory(state);
        DatabasePaths.createFile(database);
        assertThat(Registry.prepare(database)).isEqualTo(Registry.Outcome.EXISTED);
        assertThat(query("SELECT version FROM schema_version")).containsExactly("8");
    }

    @Test
    void refuses_a_newer_version_and_leaves_it_alone() throws SQLException, IOException {
        Registry.prepare(database);
        execute("UPDATE schema_version SET version = 9");
        execute("DROP TABLE routes");
        byte[] before = Files.readAllBytes(database);

        assertThatThrownBy(() -> Registry.prepare(database))
                .isInstanceOf(RegistryException.class)
                .hasMessage("on-disk schema_version=9 is newer than this build supports (8); refusing to open");

        assertThat(Files.readAllBytes(database)).isEqualTo(before);
        assertThat(names(state)).containsExactly("agenttower.sqlite3");
    }

    @Test
    void refuses_a_file_that_is_no_database_and_leaves_it_alone() throws IOException {
        DatabasePaths.ensureDirectory(state);
        DatabasePaths.createFile(database);
        byte[] garbage = "this is no database at all, but long enough to be looked at "
                .repeat(40)
                .getBytes();
        Files.write(database, garbage);

        assertThatThrownBy(() -> Registry.prepare(database))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("file is not a database");

        assertThat(Files.readAllBytes(database)).isEqualTo(garbage);
        assertThat(names(state)).containsExactly("agenttower.sqlite3");
    }

    @Test
    void refuses_a_file_that_others_may_read() throws IOException {
        Registry.prepare(database);
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> Registry.prepare(database)).isInstanceOfSatisfying(UnsafePathException.class, e -> {
            assertThat(e.path()).isEqualTo(database);
            assertThat(e.reason()).isEqualTo("file mode 0o644 broader than required 0o600");
        });
        assertThat(mode(database)).isEqualTo("rw-r--r--");
    }

    @Test
    void refuses_a_companion_that_others_may_read() throws IOException {
        Registry.prepare(database);
        Path log = state.resolve("agenttower.sqlite3-wal");
        Files.createFile(log);
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw----"));

        assertThatThrownBy(() -> Registry.prepare(database))
                .isInstanceOfSatisfying(
                        UnsafePathException.class, e -> assertThat(e.path()).isEqualTo(log));
        assertThat(log).exists();
    }

    @Test
    void refuses_a_folder_that_others_may_enter() throws IOException {
        Files.createDirectories(state);
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> Registry.prepare(database)).isInstanceOfSatisfying(UnsafePathException.class, e -> {
            assertThat(e.path()).isEqualTo(state);
            assertThat(e.reason()).isEqualTo("directory mode 0o755 broader than required 0o700");
        });
        assertThat(database).doesNotExist();
    }

    @Test
    void does_not_mind_the_folders_above() throws IOException {
        Files.createDirectories(state.getParent());
        Files.setPosixFilePermissions(state.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Registry.prepare(database);
        assertThat(mode(state.getParent())).isEqualTo("rwxr-xr-x");
    }

    @Test
    void accepts_narrower_modes() throws IOException {
        Registry.prepare(database);
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("r-x------"));
        try {
            DatabasePaths.ensureDirectory(state);
        } finally {
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void says_what_the_system_says_of_a_folder_that_cannot_be_made() throws IOException {
        Path file = Files.createFile(home.resolve("file"));
        assertThatThrownBy(() -> Registry.prepare(file.resolve("sub/agenttower.sqlite3")))
                .isInstanceOfSatisfying(UnsafePathException.class, e -> {
                    assertThat(e.path()).isEqualTo(file.resolve("sub"));
                    assertThat(e.reason()).isEqualTo("Not a directory");
                });
    }

    @Test
    void gives_companions_the_mode_of_the_file() throws SQLException, IOException {
        Registry.prepare(database);
        try (SqliteStores stores = SqliteStores.open(database)) {
            stores.containers().write(writes -> {
                writes.touch(Set.of(new ContainerId("c")), "now");
                return 0;
            });
            assertThat(names(state)).contains("agenttower.sqlite3-wal");
            for (String name : names(state)) {
                assertThat(mode(state.resolve(name))).as(name).isEqualTo("rw-------");
            }
        }
        assertThat(names(state)).containsExactly("agenttower.sqlite3");
    }

    @Test
    void many_threads_may_prepare_at_once() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 5; round++) {
                Path file = home.resolve("round" + round).resolve("agenttower.sqlite3");
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Registry.Outcome>> outcomes = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    Callable<Registry.Outcome> prepare = () -> {
                        start.await();
                        return Registry.prepare(file);
                    };
                    outcomes.add(pool.submit(prepare));
                }
                start.countDown();
                int created = 0;
                for (Future<Registry.Outcome> outcome : outcomes) {
                    created += outcome.get() == Registry.Outcome.CREATED ? 1 : 0;
                }
                assertThat(created).isEqualTo(1);
                try (SqliteStores stores = SqliteStores.open(file)) {
                    assertThat(stores.schemaVersion()).isEqualTo(8);
                }
            }
        } finally {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void execute(String sql) throws SQLException {
        try (PlainDatabase plain = new PlainDatabase(database)) {
            plain.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        try (PlainDatabase plain = new PlainDatabase(database)) {
            return plain.query(sql);
        }
    }
}

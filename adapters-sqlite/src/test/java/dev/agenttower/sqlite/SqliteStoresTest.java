package dev.agenttower.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.container.PaneTruncation;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.StorageBusyException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.health.DashboardFigures;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.sqlite.database.Connections;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Writer;
import dev.agenttower.sqlite.health.RoutingStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SqliteStoresTest {
    @TempDir
    Path directory;

    private Path database;
    private SqliteStores stores;
    private PlainDatabase plain;

    @BeforeEach
    void open() throws SQLException {
        database = directory.resolve("state/agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
        plain = new PlainDatabase(database);
    }

    @AfterEach
    void close() throws SQLException {
        plain.close();
        stores.close();
    }

    @Test
    void creates_no_file() {
        Path missing = directory.resolve("missing.sqlite3");
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> SqliteStores.open(missing));
        assertThat(missing).doesNotExist();
    }

    @Test
    void opens_names_that_mean_something_in_a_uri() {
        Path odd = directory.resolve("a b?c#d%20é&mode=memory/agenttower.sqlite3");
        Registry.prepare(odd);
        try (SqliteStores opened = SqliteStores.open(odd)) {
            assertThat(opened.schemaVersion()).isEqualTo(8);
        }
    }

    @Test
    void refuses_work_when_closed() {
        stores.close();
        stores.close();
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> stores.containers().list(false));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> stores.containers().write(writes -> 0));
        assertThat(stores.probe().probe().status()).isEqualTo(SubsystemState.Status.DEGRADED);
    }

    @Test
    void tells_the_version_of_the_schema() throws SQLException {
        assertThat(stores.schemaVersion()).isEqualTo(8);
        plain.execute("DELETE FROM schema_version");
        assertThat(stores.schemaVersion()).isNull();
    }

    @Test
    void tells_of_routing() throws SQLException {
        plain.execute(
                "UPDATE daemon_state SET value = 'disabled', last_updated_at = 't', last_updated_by = 'me'",
                route("r1", 1),
                route("r2", 1),
                route("r3", 0));
        assertThat(stores.routingStatus()).isEqualTo(new RoutingStatus("disabled", "t", "me", 3, 2, 1));
        plain.execute("DELETE FROM daemon_state");
        assertThat(stores.routingStatus()).isEqualTo(new RoutingStatus(null, null, null, 3, 2, 1));
    }

    @Test
    void checks_no_foreign_keys() {
        try (Writer writer = new Writer(new Connections(database))) {
            int written = writer.write(handle -> handle.execute("INSERT INTO log_offsets"
                    + " (agent_id, log_path, created_at, updated_at) VALUES ('nobody', '/log', 't', 't')"));
            assertThat(written).isEqualTo(1);
        }
    }

    @Test
    void reading_connections_cannot_write() {
        try (Readers readers = new Readers(new Connections(database))) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> readers.read(
                            snapshot -> snapshot.handle().execute("UPDATE daemon_state SET value = 'disabled'")));
        }
    }

    @Test
    void a_write_inside_a_write_is_a_bug() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> stores.containers().write(outer -> stores.agents().write(inner -> 0)));
        assertThat(stores.containers().<Integer>write(writes -> 1)).isEqualTo(1);
    }

    @Test
    void another_writer_that_does_not_finish_is_busy() throws SQLException {
        plain.execute("BEGIN IMMEDIATE");
        try (Writer writer = new Writer(new Connections(database, 20))) {
            assertThatExceptionOfType(StorageBusyException.class)
                    .isThrownBy(() -> writer.write(handle -> 0))
                    .withMessageContaining("database is locked");
            plain.execute("ROLLBACK");
            assertThat(writer.<Integer>write(handle -> 1)).isEqualTo(1);
        }
    }

    @Test
    void another_thread_that_does_not_finish_is_busy() throws InterruptedException {
        try (Writer writer = new Writer(new Connections(database, 20))) {
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch tried = new CountDownLatch(1);
            Thread other = new Thread(() -> writer.write(handle -> {
                writing.countDown();
                return await(tried);
            }));
            other.start();
            writing.await();
            assertThatExceptionOfType(StorageBusyException.class).isThrownBy(() -> writer.write(handle -> 0));
            tried.countDown();
            other.join();
        }
    }

    @Test
    void reading_does_not_wait_for_a_writer() throws SQLException {
        plain.execute("BEGIN IMMEDIATE", container("c", "{}", "[]"));
        assertThat(stores.containers().list(false)).isEmpty();
        plain.execute("COMMIT");
        assertThat(stores.containers().list(false)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-wal", "-shm"})
    void readers_share_the_open_connections_when_a_file_is_gone(String companion) throws Exception {
        Connections connections = new Connections(database);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (Writer writer = new Writer(connections);
                Readers readers = new Readers(connections)) {
            writer.write(handle -> 0);
            Thread first = new Thread(() -> readers.read(snapshot -> {
                reading.countDown();
                return await(done);
            }));
            first.start();
            reading.await();
            Files.delete(database.resolveSibling(database.getFileName() + companion));
            FutureTask<Integer> second = new FutureTask<>(() -> readers.read(snapshot -> 7));
            Thread waiting = new Thread(second);
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING && waiting.isAlive()) {
                Thread.onSpinWait();
            }
            done.countDown();
            assertThat(second.get()).isEqualTo(7);
            first.join();
        }
    }

    @Test
    void no_connection_is_opened_to_a_file_that_is_gone() throws IOException {
        try (Readers readers = new Readers(new Connections(database))) {
            Files.delete(database);
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> readers.read(snapshot -> 0))
                    .withMessageContaining("while it was in use");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asks_again_only_after_somebody_has_written(boolean isAlone) throws SQLException {
        AtomicInteger asked = new AtomicInteger();
        try (Readers readers = new Readers(new Connections(database))) {
            Function<Handle, Integer> query = handle -> asked.incrementAndGet();
            Supplier<Integer> read = () -> isAlone
                    ? readers.remembered("key", query, Integer.class)
                    : readers.read(snapshot -> snapshot.remembered("key", query, Integer.class));
            assertThat(read.get()).isEqualTo(1);
            assertThat(read.get()).isEqualTo(1);
            assertThat(asked).hasValue(1);
            plain.execute("UPDATE daemon_state SET last_updated_by = 'me'");
            read.get();
            assertThat(asked).hasValue(2);
            stores.containers().write(writes -> {
                writes.touch(Set.of(new ContainerId("c")), "t");
                return 0;
            });
            read.get();
            read.get();
            assertThat(asked.get()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void a_missing_table_counts_zero_and_is_told_by_the_probe() throws SQLException {
        assertThat(stores.probe().probe().reason()).isEmpty();
        plain.execute(
                container("c", "{}", "[]"),
                "DROP TABLE events",
                "DROP TABLE routes",
                "DROP TABLE message_queue",
                "DROP TABLE log_attachments",
                "DROP TABLE agents",
                "DROP TABLE panes");
        DashboardFigures figures = stores.dashboard().read(10);
        assertThat(figures.containers().active()).isEqualTo(1);
        assertThat(figures.events()).isZero();
        assertThat(figures.agents()).isEqualTo(new DashboardFigures.Agents(0, 0, 0, 0));
        assertThat(figures.panes()).isEqualTo(new DashboardFigures.Panes(0, 0, 0, 0));
        assertThat(figures.agentsByRole()).containsEntry("master", 0L);
        assertThat(figures.queueByState()).containsEntry("queued", 0L);
        assertThat(figures.recentEvents()).isEmpty();
        assertThat(stores.probe().probe().reason())
                .contains("lacks panes, agents, log_attachments, events, message_queue, routes;");
    }

    @Test
    void a_table_of_another_shape_cannot_be_read() throws SQLException {
        plain.execute("ALTER TABLE routes RENAME COLUMN enabled TO on_or_off");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> stores.dashboard().read(10))
                .withMessageContaining("enabled");
    }

    @Test
    void heals_when_the_trouble_is_over() throws SQLException {
        assertThat(stores.probe().probe().status()).isEqualTo(SubsystemState.Status.OK);
        plain.execute("ALTER TABLE schema_version RENAME TO elsewhere");
        for (int i = 0; i < 10; i++) {
            SubsystemState state = stores.probe().probe();
            assertThat(state.status()).isEqualTo(SubsystemState.Status.DEGRADED);
            assertThat(state.reason()).contains("schema_version").doesNotContain("\n");
        }
        plain.execute("ALTER TABLE elsewhere RENAME TO schema_version");
        assertThat(stores.probe().probe().status()).isEqualTo(SubsystemState.Status.OK);
    }

    @Test
    void reads_json_that_others_wrote() throws SQLException {
        plain.execute(container(
                "c",
                "{\"a\":1,\"b\":null,\"c\":[true]}",
                "[{\"Source\":\"/s\",\"Destination\":\"/d\",\"Type\":\"volume\",\"Mode\":\"z\",\"RW\":true},"
                        + "{\"source\":\"/s\",\"Target\":\"/t\"},{}]"));
        BenchContainer stored = stores.containers().list(false).get(0);
        assertThat(stored.labels()).isEqualTo(Map.of("a", "1", "b", "", "c", "[true]"));
        assertThat(stored.mounts())
                .containsExactly(
                        new Mount("/s", "/d", "volume", "z", true),
                        new Mount("/s", "/t", "", "", false),
                        new Mount("", "", "", "", false));
    }

    @Test
    void says_which_json_cannot_be_read() throws SQLException {
        plain.execute(container("c", "{oops", "[]"));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> stores.containers().list(false))
                .withMessageContaining("{oops");
    }

    @Test
    void writes_compact_json_and_leaves_characters_as_they_are() throws SQLException {
        stores.containers().write(writes -> {
            writes.upsert(
                    new InspectedContainer(
                            new ContainerId("c"),
                            "bench",
                            "image",
                            "running",
                            Map.of("größe", "😀 \"x\""),
                            List.of(new Mount("/s", "/t", "bind", "", false)),
                            null,
                            null,
                            List.of("USER"),
                            "Up 3 hours"),
                    "now");
            return 0;
        });
        assertThat(plain.query("SELECT labels_json, mounts_json, inspect_json FROM containers"))
                .containsExactly(
                        "{\"größe\":\"😀 \\\"x\\\"\"}"
                                + "|[{\"source\":\"/s\",\"target\":\"/t\",\"type\":\"bind\",\"mode\":\"\",\"rw\":false}]"
                                + "|{\"config_user\":null,\"working_dir\":null,\"env_keys\":[\"USER\"],\"full_status\":\"Up 3 hours\"}");
    }

    @Test
    void writes_all_of_a_scan_of_containers() throws SQLException {
        ContainerId id = new ContainerId("c");
        stores.containers().write(writes -> {
            writes.insertScan(
                    new ContainerScan(
                            "s",
                            "t1",
                            "t2",
                            3,
                            2,
                            1,
                            ErrorCode.DOCKER_MALFORMED,
                            "bad",
                            List.of(new ScanProblem(id, ErrorCode.DOCKER_MALFORMED, "worse"))),
                    true);
            return 0;
        });
        assertThat(plain.query("SELECT * FROM container_scans"))
                .containsExactly(
                        "s|t1|t2|degraded|3|2|1|docker_malformed|bad"
                                + "|[{\"container_id\":\"c\",\"error_code\":\"docker_malformed\",\"error_message\":\"worse\"}]");
    }

    @Test
    void writes_all_of_a_scan_of_panes() throws SQLException {
        ContainerId id = new ContainerId("c");
        ScanProblem problem = new ScanProblem(
                id,
                ErrorCode.OUTPUT_MALFORMED,
                "cut",
                "/s",
                List.of(new PaneTruncation(id, "/s", "%1", "pane_title", 3000)));
        stores.panes().write(writes -> {
            writes.insertScan(
                    new PaneScan(
                            "s", "t1", "t2", 1, 2, 3, 4, 5, 6, 7, ErrorCode.OUTPUT_MALFORMED, "bad", List.of(problem)),
                    true);
            return 0;
        });
        assertThat(plain.query("SELECT * FROM pane_scans"))
                .containsExactly("s|t1|t2|degraded|1|2|3|4|5|6|7|output_malformed|bad"
                        + "|[{\"container_id\":\"c\",\"error_code\":\"output_malformed\",\"error_message\":\"cut\","
                        + "\"tmux_socket_path\":\"/s\",\"pane_truncations\":[{\"tmux_pane_id\":\"%1\","
                        + "\"tmux_socket_path\":\"/s\",\"container_id\":\"c\",\"field\":\"pane_title\","
                        + "\"original_len\":3000}]}]");
    }

    private static int await(CountDownLatch latch) {
        try {
            latch.await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String container(String id, String labels, String mounts) {
        return "INSERT INTO containers (container_id, name, image, status, labels_json, mounts_json, active,"
                + " first_seen_at, last_scanned_at) VALUES ('" + id + "', 'n', 'i', 's', '" + labels + "', '" + mounts
                + "', 1, 't', 't')";
    }

    private static String route(String id, int enabled) {
        return "INSERT INTO routes (route_id, event_type, source_scope_kind, target_rule, master_rule, template, enabled,"
                + " created_at, updated_at) VALUES ('" + id + "', 'completed', 'any', 'source', 'auto', '', " + enabled
                + ", 't', 't')";
    }
}

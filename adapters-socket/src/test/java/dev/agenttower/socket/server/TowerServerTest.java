package dev.agenttower.socket.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.failure.StorageBusyException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.failure.StorageFullException;
import dev.agenttower.socket.server.app.AppHealthMethods;
import dev.agenttower.socket.server.framing.Client;
import dev.agenttower.socket.server.framing.LineSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class TowerServerTest {
    @TempDir
    Path dir;

    @Test
    void closes_its_socket_and_tells_panels_before() throws IOException {
        TowerFixture tower = new TowerFixture(dir);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tower.socket)))
                .isEqualTo("rw-------");
        try (Client panel = Client.connect(tower.socket)) {
            tower.server.announceShutdown();
            assertThat(panel.send("{\"method\":\"app.preflight\"}\n").readAll()).contains("daemon_unavailable");
        }

        tower.close();

        assertThat(tower.socket).doesNotExist();
    }

    @Test
    void a_slow_dashboard_is_answered_and_logged() throws IOException {
        AtomicLong slowness = new AtomicLong();
        AtomicLong passed = new AtomicLong();
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(AppHealthMethods.class);
        logger.addAppender(logged);
        logged.start();
        try (TowerFixture tower = new TowerFixture(
                dir,
                dashboard -> recent -> {
                    passed.addAndGet(TimeUnit.MILLISECONDS.toNanos(slowness.get()));
                    return dashboard.read(recent);
                },
                builder -> builder.ticker(passed::get))) {
            slowness.set(500);
            assertThat(tower.result("app.dashboard", "{}").has("counts")).isTrue();
            assertThat(logged.list).isEmpty();

            slowness.set(601);
            assertThat(tower.result("app.dashboard", "{}").has("counts")).isTrue();
            assertThat(logged.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("app_dashboard_latency_exceeded latency_ms=601 budget_ms=500");
        } finally {
            logger.detachAppender(logged);
        }
    }

    @Test
    void when_a_lane_is_full_each_form_says_so() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        try (TowerFixture tower = new TowerFixture(
                dir,
                dashboard -> recent -> {
                    entered.countDown();
                    awaitQuietly(release);
                    return dashboard.read(recent);
                },
                builder -> builder.limits(LineSession.LIMITS.withWorkers(1, 1, 1, 1)))) {
            List<Client> busy = new ArrayList<>();
            String dashboard =
                    "{\"method\":\"app.dashboard\",\"params\":{\"app_session_token\":\"" + tower.token() + "\"}}\n";
            busy.add(Client.connect(tower.socket).send(dashboard));
            entered.await();
            busy.add(Client.connect(tower.socket).send(dashboard));
            tower.call("ping", null);

            JsonNode app = tower.app("app.readiness", TowerFixture.params("{}"));
            JsonNode legacy = tower.call("status", null);
            release.countDown();

            assertThat(app.path("error").path("code").asText()).isEqualTo("daemon_unavailable");
            assertThat(app.path("error").path("details").toString()).isEqualTo("{}");
            assertThat(legacy.path("error").path("code").asText()).isEqualTo("daemon_unavailable");
            for (Client each : busy) {
                assertThat(each.readAll()).contains("\"ok\":true");
                each.close();
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_audit_that_cannot_be_written_does_not_undo_the_change() throws IOException {
        try (TowerFixture tower = new TowerFixture(
                dir,
                dashboard -> dashboard,
                builder -> builder.appAudit(record -> {
                    throw new AuditUnavailableException("disk full", new IOException());
                }))) {
            var bench = TowerFixture.container('a');
            tower.bench(bench, "b", true);
            tower.pane(TowerFixture.key(bench, 1), true);

            JsonNode row = tower.result(
                    "app.agent.register_from_pane",
                    "{'container_id': '" + bench
                            + "', 'tmux_socket': '/tmp/tmux-1000/default', 'session_name': 'main', "
                            + "'window_index': 0, 'pane_index': 1, 'pane_id': '%1'}");

            assertThat(row.path("row").path("agent_id").asText()).startsWith("agt_");
        }
    }

    @Test
    void a_failure_that_nothing_can_be_made_of_is_told_to_the_owner() throws IOException {
        List<Throwable> fatal = new ArrayList<>();
        try (TowerFixture tower = new TowerFixture(
                dir,
                dashboard -> recent -> {
                    throw new NoClassDefFoundError("told to");
                },
                builder -> builder.onFatal(fatal::add))) {
            String line = "{\"method\":\"app.dashboard\",\"params\":{\"app_session_token\":\"" + tower.token() + "\"}}";

            assertThat(Client.ask(tower.socket, line)).isEmpty();

            await().untilAsserted(() -> assertThat(fatal).singleElement().isInstanceOf(NoClassDefFoundError.class));
        }
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void what_a_client_can_do_something_about_is_told(StorageException trouble, String sentence) throws IOException {
        UnaryOperator<TowerServerBuilder> withTrouble = builder -> builder.startedByAgent(peer -> {
            throw trouble;
        });
        try (TowerFixture tower = new TowerFixture(dir, dashboard -> dashboard, withTrouble)) {
            JsonNode error = tower.call("routing.disable", null).path("error");
            assertThat(error.path("code").asText()).isEqualTo("internal_error");
            assertThat(error.path("message").asText()).startsWith(sentence).doesNotContain("secret");
        }
    }

    static Stream<Arguments> troubles() {
        Exception cause = new IOException("secret");
        return Stream.of(
                Arguments.of(new StorageFullException("secret", cause), "no space is left on the disk"),
                Arguments.of(new StorageBusyException("secret", cause), "another program keeps the database locked"),
                Arguments.of(new StorageException("secret", cause), "internal error handling request"));
    }

    @Test
    void a_fault_in_a_method_is_an_internal_error_and_the_server_goes_on() throws IOException {
        try (TowerFixture tower = new TowerFixture(
                dir,
                dashboard -> recent -> {
                    throw new IllegalStateException("SELECT * FROM secrets");
                },
                builder -> builder)) {
            JsonNode error = tower.error("app.dashboard", "{}");

            assertThat(error.toString())
                    .isEqualTo(
                            "{\"code\":\"internal_error\",\"message\":\"internal error handling request; see daemon log\","
                                    + "\"details\":{}}");
            assertThat(tower.call("ping", null).path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void the_token_of_a_session_is_never_logged() throws IOException {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger("dev.agenttower");
        root.setLevel(ch.qos.logback.classic.Level.TRACE);
        root.addAppender(logged);
        logged.start();
        try (TowerFixture tower = new TowerFixture(dir)) {
            tower.result("app.readiness", "{}");
            tower.tables.failWith("told to fail");
            tower.error("app.pane.list", "{}");

            assertThat(logged.list)
                    .isNotEmpty()
                    .noneMatch(event -> event.getFormattedMessage().contains(token(tower)));
        } finally {
            root.detachAppender(logged);
            root.setLevel(null);
        }
    }

    private static String token(TowerFixture tower) {
        try {
            return tower.token();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

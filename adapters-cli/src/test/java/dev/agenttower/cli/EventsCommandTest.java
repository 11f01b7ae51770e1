package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.CliWorld.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsCommandTest {
    private static final String SESSION = "fs_0123456789ab";

    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void create_world() {
        world = new CliWorld(folder);
    }

    private static String event(int id) {
        return "{'event_id': " + id + ", 'event_type': 'error', 'agent_id': 'agt_0123456789ab', 'observed_at':"
                + " '2026-05-10T12:00:00.000000+00:00', 'excerpt': 'no " + id + "'}";
    }

    private static String line(int id) {
        return "2026-05-10 12:00:00  agt_0123456789ab  error                  no " + id + "\n";
    }

    private FakeDaemon following() throws IOException {
        return world.daemon()
                .on("events.follow_open", "{'session_id': '" + SESSION + "', 'backlog_events': [" + event(1) + "]}")
                .on("events.follow_close", "{}");
    }

    @Test
    void follows_until_the_daemon_closes_the_session_and_closes_it_as_well() throws IOException {
        AtomicInteger rounds = new AtomicInteger();
        try (FakeDaemon daemon = following()
                .on(
                        "events.follow_next",
                        params -> "{'ok': true, 'result': {'events': ["
                                + event(rounds.incrementAndGet() + 1) + "], 'session_open': "
                                + (rounds.get() < 2) + "}}")) {
            Run run = world.run("events", "--follow", "--since", "2026-05-10T12:00:00Z");
            assertThat(run.status()).isZero();
            assertThat(run.out()).isEqualTo(line(1) + line(2) + line(3));
            assertThat(run.err()).isEqualTo("the daemon has ended; no more events follow\n");
            assertThat(daemon.methods())
                    .containsExactly(
                            "events.follow_open", "events.follow_next", "events.follow_next", "events.follow_close");
            assertThat(daemon.params("events.follow_next"))
                    .isEqualTo("{\"session_id\": \"" + SESSION + "\", \"max_wait_seconds\": 1.0}");
            assertThat(daemon.params("events.follow_close")).isEqualTo("{\"session_id\": \"" + SESSION + "\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({"events_session_expired, 8", "events_session_unknown, 5"})
    void a_session_that_is_gone_ends_with_a_status_of_its_own(String code, int status) throws IOException {
        try (FakeDaemon daemon = following().refusing("events.follow_next", code, "no such session")) {
            Run text = world.run("events", "--follow");
            assertThat(text.status()).isEqualTo(status);
            assertThat(text.out()).isEqualTo(line(1));
            assertThat(text.err()).contains("no such session", "code: " + code);
            Run json = world.run("events", "--follow", "--json");
            assertThat(json.status()).isEqualTo(status);
            assertThat(json.out().lines()).hasSize(2);
            assertThat(json.out().lines().skip(1)).first().asString().contains("\"code\":", "\"" + code + "\"");
            assertThat(json.err()).isEmpty();
            assertThat(daemon.methods()).endsWith("events.follow_next", "events.follow_close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit=1", "--cursor=x", "--reverse"})
    void what_only_pages_know_is_refused_with_follow(String option) {
        Run run = world.run("events", "--follow", option);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains(option.replaceAll("=.*", ""), "not allowed with --follow")
                .endsWith("\ncode: bad_request\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "events test, error: cannot read %s: %s",
                "send-input --target x --message-file, error: cannot read the message from \"%s\": %s"
            })
    void a_file_that_cannot_be_read_is_named_once_with_the_reason(String command, String line) {
        Path missing = folder.resolve("nope");
        assertThat(world.run((command + " " + missing).split(" ")).err())
                .startsWith(line.formatted(missing, "No such file or directory\n"));
        assertThat(world.run((command + " " + folder).split(" ")).err())
                .startsWith(line.formatted(folder, "Is a directory\n"));
    }

    @Test
    void a_log_that_is_no_file_is_named_once_with_the_reason() throws IOException {
        try (FakeDaemon daemon =
                world.daemon().on("attach_log_status", "{'attachment': {'log_path': '" + folder + "'}}")) {
            assertThat(world.run("logs", "api").err())
                    .startsWith("error: log file " + folder + " cannot be read: not a regular file\n");
            assertThat(daemon.methods()).containsExactly("attach_log_status");
        }
    }

    @Test
    void a_daemon_that_ends_while_it_is_followed_is_unreachable() throws IOException {
        try (FakeDaemon daemon = following().on("events.follow_next", params -> "broken")) {
            Run run = world.run("events", "--follow");
            assertThat(run.status()).isEqualTo(3);
            assertThat(run.out()).isEqualTo(line(1));
            assertThat(run.err()).contains("daemon is not running or socket is unreachable");
            assertThat(daemon.methods()).contains("events.follow_next");
        }
    }
}

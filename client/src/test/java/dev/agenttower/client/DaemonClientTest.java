package dev.agenttower.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("looks for threads of the name that each client uses")
class DaemonClientTest {
    private static final Timeouts BRIEF = new Timeouts(Duration.ofMillis(200), Duration.ofMillis(200));
    private static final Timeouts PATIENT = Timeouts.answerWithin(20);
    private static final String PONG = "{\"ok\": true, \"result\": {}}\n";

    @TempDir
    Path folder;

    private Path socket;
    private DaemonClient client;

    @BeforeEach
    void name_the_socket() {
        socket = folder.resolve("d.sock");
        client = new DaemonClient(socket);
    }

    @AfterEach
    void close_the_client() {
        client.close();
    }

    @Nested
    class Answers {
        @Test
        void sends_one_line_and_returns_the_result() throws IOException {
            try (ScriptedDaemon daemon =
                    ScriptedDaemon.answering(socket, "{\"ok\": true, \"result\": {\"pid\": 7, \"name\": \"ü\"}}\n")) {
                JsonNode result = client.call("status", JsonText.object().put("a", 1));

                assertThat(result.path("pid").intValue()).isEqualTo(7);
                assertThat(result.path("name").textValue()).isEqualTo("ü");
                assertThat(daemon.requests()).containsExactly("{\"method\":\"status\",\"params\":{\"a\":1}}");
            }
        }

        @Test
        void leaves_params_out_when_there_are_none() throws IOException {
            try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, PONG)) {
                client.call("ping", null);

                assertThat(daemon.requests()).containsExactly("{\"method\":\"ping\"}");
            }
        }

        @Test
        void reads_an_answer_of_8_mib() throws IOException {
            String text = "x".repeat(8 << 20);
            try (ScriptedDaemon daemon =
                    ScriptedDaemon.answering(socket, "{\"ok\": true, \"result\": {\"text\": \"" + text + "\"}}\n")) {
                assertThat(client.call("list", null, PATIENT).path("text").textValue())
                        .hasSize(text.length());
                assertThat(daemon.requests()).hasSize(1);
            }
        }

        @Test
        void refuses_an_answer_over_16_mib() throws IOException {
            try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, "x".repeat((16 << 20) + 10))) {
                assertThatExceptionOfType(TransportException.UnreadableAnswer.class)
                        .isThrownBy(() -> client.call("list", null, PATIENT));
                assertThat(daemon.requests()).hasSize(1);
            }
        }

        @Test
        void carries_code_message_and_details_of_an_error() throws IOException {
            String error =
                    "{\"ok\": false, \"app_contract_version\": \"1.1\", \"error\": {\"code\": \"pane_not_found\","
                            + " \"message\": \"no such pane\", \"details\": {\"pane_id\": \"%9\"}}}\n";
            try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, error)) {
                assertThatExceptionOfType(DaemonErrorException.class)
                        .isThrownBy(() -> client.call("app.pane.detail", null))
                        .satisfies(failure -> {
                            assertThat(failure.code()).isEqualTo("pane_not_found");
                            assertThat(failure.getMessage()).isEqualTo("no such pane");
                            assertThat(failure.details().path("pane_id").textValue())
                                    .isEqualTo("%9");
                        });
                assertThat(daemon.requests()).hasSize(1);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "\n",
                    "garbage\n",
                    "[1]\n",
                    "{}\n",
                    "{\"ok\": \"yes\", \"result\": {}}\n",
                    "{\"ok\": true}\n",
                    "{\"ok\": true, \"result\": []}\n",
                    "{\"ok\": false}\n",
                    "{\"ok\": false, \"error\": {\"message\": \"x\"}}\n",
                    "{\"ok\": true, \"result\": {\"cut\": \"o"
                })
        void reports_what_is_no_envelope_as_a_protocol_error(String answer) throws IOException {
            try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, answer)) {
                assertThatExceptionOfType(TransportException.class)
                        .isThrownBy(() -> client.call("ping", null))
                        .extracting(TransportException::kind)
                        .isEqualTo(TransportException.Kind.PROTOCOL_ERROR);
                assertThat(daemon.requests()).hasSize(1);
            }
        }

        @Test
        void an_answer_that_is_nested_too_deeply_is_a_protocol_error() throws IOException {
            try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, "[".repeat(100_000) + "\n")) {
                assertThatExceptionOfType(TransportException.UnreadableAnswer.class)
                        .isThrownBy(() -> client.call("ping", null));
                assertThat(daemon.requests()).hasSize(1);
            }
        }
    }

    @Nested
    class Failures {
        @Test
        void a_missing_socket_is_named() {
            assertThatExceptionOfType(TransportException.SocketMissing.class)
                    .isThrownBy(() -> client.call("ping", null))
                    .withMessageContaining(socket.toString());
        }

        @Test
        void a_missing_folder_is_a_missing_socket() {
            try (DaemonClient lost = new DaemonClient(folder.resolve("no/d.sock"))) {
                assertThatExceptionOfType(TransportException.SocketMissing.class)
                        .isThrownBy(() -> lost.call("ping", null));
            }
        }

        @Test
        void a_socket_without_listener_refuses() throws IOException {
            ScriptedDaemon.answering(socket).close();

            assertThatExceptionOfType(TransportException.ConnectionRefused.class)
                    .isThrownBy(() -> client.call("ping", null));
        }

        @Test
        void a_silent_server_costs_no_more_than_the_deadline() throws IOException {
            try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                silent.bind(UnixDomainSocketAddress.of(socket));

                assertThatExceptionOfType(TransportException.NoAnswer.class)
                        .isThrownBy(() -> client.call("ping", null, BRIEF))
                        .extracting(TransportException::kind)
                        .isEqualTo(TransportException.Kind.CONNECT_TIMEOUT);
            }
        }

        @Test
        void a_server_that_dribbles_does_not_extend_the_deadline() throws IOException {
            try (DribblingServer server = new DribblingServer(socket)) {
                assertThatExceptionOfType(TransportException.NoAnswer.class)
                        .isThrownBy(() -> client.call("ping", null, BRIEF));
                assertThat(server.hasDribbled()).isTrue();
            }
        }

        @Test
        void a_full_backlog_costs_no_more_than_the_connect_deadline() throws IOException {
            List<SocketChannel> waiting = new ArrayList<>();
            try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                full.bind(UnixDomainSocketAddress.of(socket), 1);
                for (int i = 0; i < 2; i++) {
                    waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
                }

                assertThatExceptionOfType(TransportException.NoAnswer.class)
                        .isThrownBy(() -> client.call("ping", null, BRIEF))
                        .withMessageContaining("no connection in time");
            } finally {
                for (SocketChannel channel : waiting) {
                    channel.close();
                }
            }
        }

        @Test
        void a_closed_client_makes_no_calls() {
            client.close();

            assertThatIllegalStateException().isThrownBy(() -> client.call("ping", null));
        }
    }

    @Nested
    class LongPaths {
        @Test
        void connects_to_a_path_of_more_than_108_bytes_and_leaves_nothing_behind() throws IOException {
            Path deep = Files.createDirectories(folder.resolve("d".repeat(120)).resolve("e".repeat(120)));
            Path link = Files.createSymbolicLink(folder.resolve("l"), deep);
            List<String> before = links();
            try (ScriptedDaemon daemon = ScriptedDaemon.answering(link.resolve("d.sock"), PONG);
                    DaemonClient far = new DaemonClient(deep.resolve("d.sock"))) {
                far.call("ping", null);

                assertThat(daemon.requests()).hasSize(1);
                assertThat(links()).isEqualTo(before);
            }
        }

        @Test
        void a_missing_socket_on_a_long_path_is_missing() {
            try (DaemonClient far =
                    new DaemonClient(folder.resolve("d".repeat(200)).resolve("d.sock"))) {
                assertThatExceptionOfType(TransportException.SocketMissing.class)
                        .isThrownBy(() -> far.call("ping", null));
            }
        }

        private List<String> links() throws IOException {
            try (var entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                return entries.map(entry -> entry.getFileName().toString())
                        .filter(name -> name.matches("agenttower-[0-9]+"))
                        .sorted()
                        .toList();
            }
        }
    }

    @Test
    void a_kept_connection_serves_one_call_after_another() throws IOException {
        String second = "{\"ok\": true, \"result\": {\"n\": 2}}\n";
        try (ScriptedDaemon daemon = new ScriptedDaemon(socket, true, PONG, second);
                DaemonConnection connection = client.connect(Timeouts.SHORT)) {
            connection.call("ping", null);

            assertThat(connection.call("status", null).path("n").intValue()).isEqualTo(2);
            assertThat(daemon.requests())
                    .containsExactly(
                            "{\"method\":\"ping\",\"keep_alive\":true}", "{\"method\":\"status\",\"keep_alive\":true}");
        }
    }

    @Test
    void the_thread_of_deadlines_ends_with_the_client() throws IOException {
        try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, PONG)) {
            client.call("ping", null);
            assertThat(daemon.requests()).hasSize(1);
        }
        client.close();

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("agenttower-client-deadlines")) {
                join(thread);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

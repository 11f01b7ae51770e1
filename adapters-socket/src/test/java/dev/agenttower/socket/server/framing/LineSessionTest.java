package dev.agenttower.socket.server.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.agenttower.unix.BindGuard;
import dev.agenttower.unix.PeerCredentials;
import dev.agenttower.unix.connection.ConnectionLimits;
import dev.agenttower.unix.connection.ConnectionServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LineSessionTest {
    @TempDir
    Path dir;

    private final EchoProtocol protocol = new EchoProtocol();
    private final Queue<Throwable> fatal = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void everything_is_closed_and_nothing_went_wrong() throws Exception {
        protocol.release.countDown();
        for (AutoCloseable each : opened) {
            each.close();
        }
        assertThat(fatal).isEmpty();
        await().untilAsserted(() -> assertThat(serverThreads()).isEmpty());
    }

    private static List<String> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("lines-"))
                .toList();
    }

    private Path socket() {
        return dir.resolve("t.sock");
    }

    private ConnectionServer server(Path socket, ConnectionLimits limits) {
        ConnectionServer server = new ConnectionServer(
                "lines", socket, ownUid(), BindGuard.none(), protocol, limits, System::nanoTime, fatal::add);
        opened.add(server);
        return server;
    }

    private ConnectionServer running(ConnectionLimits limits) throws IOException {
        ConnectionServer server = server(socket(), limits);
        server.bind();
        server.start();
        return server;
    }

    private Client client() throws IOException {
        Client client = Client.connect(socket());
        opened.add(0, client);
        return client;
    }

    private long ownUid() {
        try {
            return ((Number) Files.getAttribute(dir, "unix:uid")).longValue();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nested
    class Binding {
        @Test
        void makes_a_private_socket() throws Exception {
            running(LineSession.LIMITS);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-------");
        }

        @Test
        void binds_paths_that_are_too_long_for_an_address() throws Exception {
            Path deep = Files.createDirectories(dir.resolve("d".repeat(90)).resolve("e".repeat(90)));
            Path socket = deep.resolve("agenttowerd.sock");
            ConnectionServer server = server(socket, LineSession.LIMITS);
            server.bind();
            server.start();
            Path shortcut = Files.createSymbolicLink(dir.resolve("s"), deep);

            assertThat(Client.ask(shortcut.resolve("agenttowerd.sock"), "hello"))
                    .isEqualTo("hello\n");
            try (Stream<Path> left = Files.list(deep)) {
                assertThat(left).containsExactly(socket);
            }
            server.close();
            assertThat(socket).doesNotExist();
        }

        @Test
        void serves_nobody_before_it_is_started_but_lets_them_wait() throws Exception {
            ConnectionServer server = server(socket(), LineSession.LIMITS);
            server.bind();
            Client early = client().send("early\n");

            server.start();

            assertThat(early.readAll()).isEqualTo("early\n");
        }
    }

    @Nested
    class Serving {
        @Test
        void answers_one_line_and_closes() throws Exception {
            running(LineSession.LIMITS);

            assertThat(Client.ask(socket(), "hello")).isEqualTo("hello\n");
        }

        @Test
        void ignores_what_follows_the_first_line() throws Exception {
            running(LineSession.LIMITS);

            assertThat(client().send("one\ntwo\nthree").readAll()).isEqualTo("one\n");
        }

        @Test
        void answers_from_both_lanes() throws Exception {
            running(LineSession.LIMITS);

            assertThat(Client.ask(socket(), "quick")).isEqualTo("quick\n");
            assertThat(Client.ask(socket(), "slow")).isEqualTo("slow\n");
        }

        @Test
        void tells_the_protocol_who_the_peer_is() throws Exception {
            running(LineSession.LIMITS);

            Client.ask(socket(), "hello");

            assertThat(protocol.peers)
                    .containsExactly(new PeerCredentials(
                            ownUid(), ProcessHandle.current().pid()));
        }

        @Test
        void puts_lines_together_from_single_bytes() throws Exception {
            running(LineSession.LIMITS);
            Client client = client();

            for (char each : "quick piece by piece\n".toCharArray()) {
                client.send(String.valueOf(each));
            }

            assertThat(client.readAll()).isEqualTo("quick piece by piece\n");
        }

        @Test
        void hands_over_what_came_before_the_end_of_the_stream() throws Exception {
            running(LineSession.LIMITS);

            assertThat(client().send("half").endOutput().readAll()).isEqualTo("cut half\n");
            assertThat(client().endOutput().readAll()).isEqualTo("cut \n");
        }

        @Test
        void answers_a_client_that_closed_its_sending_half() throws Exception {
            running(LineSession.LIMITS);

            assertThat(client().send("quick\n").endOutput().readAll()).isEqualTo("quick\n");
        }

        @Test
        void does_what_a_client_asked_for_that_left_at_once() throws Exception {
            running(LineSession.LIMITS);

            for (String request : List.of("instant", "quick", "slow")) {
                Client.connect(socket()).send(request + "\n").close();
            }

            await().untilAsserted(() ->
                    assertThat(protocol.afterwards).containsExactlyInAnyOrder("instant", "quick", "slow"));
        }

        @Test
        void refuses_a_peer_without_reading() throws Exception {
            protocol.refuses = true;
            running(LineSession.LIMITS);

            assertThat(client().readLine()).isEqualTo("refused");
        }

        @Test
        void finishes_an_answer_that_the_client_takes_slowly() throws Exception {
            running(LineSession.LIMITS);

            for (String request : List.of("big", "big quick")) {
                Client client = client().send(request + "\n");
                assertThat(client.readAll()).hasSize(EchoProtocol.BIG + 1);
            }
        }
    }

    @Nested
    class Limits {
        @Test
        void the_longest_line_passes() throws Exception {
            running(LineSession.LIMITS);
            String longest = "x".repeat(LineSession.LINE_BYTES - 1);

            assertThat(Client.ask(socket(), longest)).isEqualTo(longest + "\n");
        }

        @Test
        void one_byte_more_does_not_and_its_sender_reads_the_answer() throws Exception {
            running(LineSession.LIMITS);

            assertThat(Client.ask(socket(), "x".repeat(LineSession.LINE_BYTES))).isEqualTo("too long 65537\n");
            assertThat(Client.ask(socket(), "x".repeat(700_000))).isEqualTo("too long 65537\n");
        }

        @Test
        void an_oversized_line_without_end_is_given_up() throws Exception {
            running(LineSession.LIMITS);
            Client client = client().send("x".repeat(70_000));

            assertThat(client.readAll()).isEqualTo("too long 65537\n");
        }

        @Test
        void a_silent_client_is_cut_off() throws Exception {
            running(LineSession.LIMITS.withDeadlines(
                    Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofSeconds(5)));

            assertThat(client().readAll()).isEmpty();
            assertThat(client().send("never finish").readAll()).isEmpty();
        }

        @Test
        void sending_now_and_then_does_not_move_the_deadline() throws Exception {
            running(LineSession.LIMITS.withDeadlines(
                    Duration.ofMillis(300), Duration.ofMinutes(5), Duration.ofSeconds(5)));
            Client client = client();

            await().atMost(5, TimeUnit.SECONDS)
                    .pollInterval(Duration.ofMillis(20))
                    .untilAsserted(
                            () -> assertThatThrownBy(() -> client.send("x")).isInstanceOf(IOException.class));
        }

        @Test
        void a_kept_connection_may_rest_for_longer_but_not_for_ever() throws Exception {
            running(LineSession.LIMITS.withDeadlines(
                    Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(5)));
            Client client = client().send("keep\n");

            assertThat(client.readLine()).isEqualTo("keep");
            assertThat(client.readAll()).isEmpty();
        }

        @Test
        void a_client_that_takes_no_answer_is_cut_off() throws Exception {
            running(LineSession.LIMITS.withDeadlines(
                    Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMillis(100)));

            Client client = client().send("big\n");

            await().untilAsserted(() -> assertThat(protocol.afterwards).containsExactly("big"));
            assertThat(client.readAll()).hasSizeLessThan(EchoProtocol.BIG);
        }

        @Test
        void the_oldest_silent_client_makes_room() throws Exception {
            running(LineSession.LIMITS.withConnections(2));
            Client kept = client().send("keep\n");
            kept.readLine();
            Client silent = client();

            assertThat(Client.ask(socket(), "new")).isEqualTo("new\n");
            assertThat(silent.readAll()).isEmpty();
            assertThat(kept.send("still here\n").readAll()).isEqualTo("still here\n");
        }

        @Test
        void when_all_are_busy_a_new_client_is_told_so() throws Exception {
            running(LineSession.LIMITS.withConnections(1));
            client().send("slow hold\n");
            await().until(() -> !protocol.held.isEmpty());

            assertThat(client().readAll()).isEqualTo("crowded\n");
        }

        @Test
        void a_full_lane_answers_at_once_and_does_not_touch_the_other() throws Exception {
            assertThat(fillPatientLane()).isEqualTo("full\n");
            assertThat(Client.ask(socket(), "quick")).isEqualTo("quick\n");
            assertThat(Client.ask(socket(), "instant")).isEqualTo("instant\n");
        }

        @Test
        void a_full_lane_answers_every_line_of_a_long_pipeline() throws Exception {
            fillPatientLane();

            Client pipeline = client().send("keep slow\n".repeat(5_000)).endOutput();

            assertThat(pipeline.readAll().lines()).hasSize(5_000).containsOnly("full");
        }

        /** Occupies the only worker and the only place in its queue; the answer to the request for which no place was left. */
        private String fillPatientLane() throws Exception {
            running(LineSession.LIMITS.withWorkers(1, 1, 1, 1));
            client().send("slow hold 1\n");
            await().until(() -> protocol.held.size() == 1);
            // Connections are read in any order, so either of these can be the one that is refused.
            List<Client> rivals = List.of(client().send("slow hold 2\n"), client().send("slow hold 3\n"));
            return (String) CompletableFuture.anyOf(rivals.stream()
                            .map(rival -> CompletableFuture.supplyAsync(() -> readAll(rival)))
                            .toArray(CompletableFuture[]::new))
                    .get();
        }

        private static String readAll(Client client) {
            try {
                return client.readAll();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        void two_thousand_silent_connections_leave_it_answering() throws Exception {
            running(LineSession.LIMITS);
            List<Client> flood = new ArrayList<>();
            try {
                for (int i = 0; i < 2_000; i++) {
                    flood.add(Client.connect(socket()));
                    if (i % 100 == 0) {
                        assertThat(Client.ask(socket(), "quick " + i)).isEqualTo("quick " + i + "\n");
                    }
                }
                assertThat(Client.ask(socket(), "after")).isEqualTo("after\n");
            } finally {
                for (Client each : flood) {
                    each.close();
                }
            }
        }

        @Test
        void two_thousand_requests_at_once_are_all_answered() throws Exception {
            running(LineSession.LIMITS);
            ExecutorService clients = Executors.newFixedThreadPool(16);
            try {
                List<Future<String>> answers = IntStream.range(0, 2_000)
                        .mapToObj(i -> clients.submit(() ->
                                Client.ask(socket(), (i % 3 == 0 ? "quick " : i % 3 == 1 ? "slow " : "") + i)))
                        .toList();
                for (int i = 0; i < answers.size(); i++) {
                    assertThat(answers.get(i).get()).endsWith(i + "\n");
                }
            } finally {
                clients.shutdownNow();
            }
        }
    }

    @Nested
    class KeepingConnections {
        @Test
        void serves_lines_one_after_another() throws Exception {
            running(LineSession.LIMITS);
            Client client = client();

            for (String line : List.of("keep 1", "keep quick 2", "keep slow 3", "keep 4")) {
                assertThat(client.send(line + "\n").readLine()).isEqualTo(line);
            }
            assertThat(client.send("last\n").readAll()).isEqualTo("last\n");
        }

        @Test
        void serves_lines_that_came_together_in_their_order() throws Exception {
            running(LineSession.LIMITS);
            List<String> lines = IntStream.range(0, 3_000)
                    .mapToObj(i -> "keep " + (i % 7 == 0 ? "quick " : "") + i)
                    .toList();

            String answers =
                    client().send(String.join("\n", lines) + "\n").endOutput().readAll();

            assertThat(answers.lines()).containsExactlyElementsOf(lines);
        }

        @Test
        void ends_without_a_word_when_the_client_leaves_between_lines() throws Exception {
            running(LineSession.LIMITS);

            assertThat(client().send("keep\n").endOutput().readAll()).isEqualTo("keep\n");
        }

        @Test
        void answers_a_line_that_was_cut_off() throws Exception {
            running(LineSession.LIMITS);

            assertThat(client().send("keep\nhalf").endOutput().readAll()).isEqualTo("keep\ncut half\n");
        }

        @Test
        void a_client_that_leaves_while_its_request_is_at_work_costs_nothing() throws Exception {
            running(LineSession.LIMITS);
            Client client = Client.connect(socket()).send("keep slow hold\n");
            await().until(() -> !protocol.held.isEmpty());
            client.close();

            protocol.release.countDown();

            await().until(() -> protocol.afterwards.contains("keep slow hold"));
            assertThat(Client.ask(socket(), "hello")).isEqualTo("hello\n");
        }
    }

    @Nested
    class Closing {
        @Test
        void removes_the_socket_and_ends_its_threads() throws Exception {
            ConnectionServer server = running(LineSession.LIMITS);
            Client.ask(socket(), "quick");

            server.close();
            server.close();

            assertThat(socket()).doesNotExist();
            // A pool counts as ended a moment before its last thread does.
            await().untilAsserted(() -> assertThat(serverThreads()).isEmpty());
        }

        @Test
        void works_on_a_server_that_was_never_started() throws Exception {
            ConnectionServer server = server(socket(), LineSession.LIMITS);
            server.bind();
            Client waiting = client();

            server.close();

            assertThat(socket()).doesNotExist();
            assertThatThrownBy(() -> {
                        if (waiting.readAll().isEmpty()) {
                            throw new IOException("closed");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }

        @Test
        void sends_the_answers_of_requests_in_flight_and_closes_silent_clients() throws Exception {
            ConnectionServer server = running(LineSession.LIMITS);
            Client inFlight = client().send("keep slow hold\n");
            Client silent = client();
            Client resting = client().send("keep\n");
            resting.readLine();
            await().until(() -> !protocol.held.isEmpty());

            Thread closing = new Thread(server::close, "closing");
            closing.start();
            assertThat(silent.readAll()).isEmpty();
            assertThat(resting.readAll()).isEmpty();
            assertThat(socket()).doesNotExist();
            protocol.release.countDown();

            assertThat(inFlight.readAll()).isEqualTo("keep slow hold\n");
            closing.join();
        }

        @Test
        void a_broken_protocol_ends_the_server_and_its_owner_is_told() throws Exception {
            ConnectionServer server = running(LineSession.LIMITS);
            Client other = client();

            assertThat(Client.ask(socket(), "break")).isEmpty();

            await().untilAsserted(() -> assertThat(fatal).singleElement().isInstanceOf(IllegalStateException.class));
            assertThat(other.readAll()).isEmpty();
            server.close();
            assertThat(socket()).doesNotExist();
            fatal.clear();
        }

        @ParameterizedTest
        @ValueSource(strings = {"exhaust", "quick exhaust", "slow exhaust"})
        void want_of_memory_fails_one_request(String line) throws Exception {
            running(LineSession.LIMITS);
            Client other = client();

            assertThat(Client.ask(socket(), line)).isEmpty();

            assertThat(other.send("still there\n").readAll()).isEqualTo("still there\n");
            assertThat(fatal).isEmpty();
        }

        @Test
        void does_not_wait_for_ever_for_a_request_in_flight() throws Exception {
            ConnectionServer server = running(LineSession.LIMITS);
            client().send("slow hold\n");
            await().until(() -> !protocol.held.isEmpty());

            long before = System.nanoTime();
            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        }
    }
}

package dev.agenttower.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.agenttower.core.caller.OwnUser;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.human.InMemoryProcessTree;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.http.HttpExchange.Reply;
import dev.agenttower.http.route.RoutedService;
import dev.agenttower.http.transport.HttpContent;
import dev.agenttower.http.transport.HttpFault;
import dev.agenttower.http.transport.HttpProtocol;
import dev.agenttower.http.transport.HttpReply;
import dev.agenttower.http.transport.HttpRequest;
import dev.agenttower.http.transport.HttpService;
import dev.agenttower.http.wire.JsonWire;
import dev.agenttower.unix.BindGuard;
import dev.agenttower.unix.connection.ConnectionLimits;
import dev.agenttower.unix.connection.ConnectionLimits.Deadlines;
import dev.agenttower.unix.connection.ConnectionServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HttpTransportTest {
    private static final ConnectionLimits HASTY =
            HttpProtocol.LIMITS.withDeadlines(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300));

    /** A request that takes a worker, because its head is whole. */
    private static final String UNFINISHED =
            "POST /api/dttp/request HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{";

    @TempDir
    Path directory;

    /** Workers wait for their clients although others wait for them, and those wait so long at most. */
    private static Deadlines patient(Duration wait) {
        Deadlines usual = HttpProtocol.LIMITS.deadlines();
        return new Deadlines(
                usual.read(),
                usual.idle(),
                wait,
                Duration.ofMinutes(1),
                usual.write(),
                usual.answer(),
                usual.drain(),
                usual.closeGrace());
    }

    private GovernanceFixture tower(ConnectionLimits limits) throws IOException {
        GovernanceFixture tower = new GovernanceFixture(directory, limits, GovernanceFixture.ownUid());
        tower.project("demo");
        return tower;
    }

    @Test
    void the_socket_is_for_its_owner_only_and_gone_after_the_end() throws IOException {
        GovernanceFixture tower = tower(HttpProtocol.LIMITS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tower.socket)))
                .isEqualTo("rw-------");
        tower.close();
        tower.close();
        assertThat(tower.socket).doesNotExist();
    }

    @Test
    void another_user_is_refused() {
        RoutedService service = new RoutedService(
                List.of(), new OwnUser(1000, LifecycleLog.noop()), new InMemoryProcessTree(), new JsonWire());
        assertThat(service.admits(service.connected(new Peer(1001, 4711)))).isFalse();
        assertThat(service.admits(service.connected(new Peer(1000, 4711)))).isTrue();
        assertThat(service.refuse(HttpFault.NOT_ADMITTED).status()).isEqualTo(403);
    }

    @Test
    void binds_below_a_folder_with_a_long_name() throws IOException {
        Path deep = Files.createDirectories(directory.resolve("d".repeat(120)));
        try (GovernanceFixture tower = new GovernanceFixture(deep, HttpProtocol.LIMITS, GovernanceFixture.ownUid())) {
            Path link = Files.createSymbolicLink(directory.resolve("l"), deep);
            try (HttpExchange exchange = new HttpExchange(link.resolve(tower.socket.getFileName()))) {
                assertThat(exchange.exchange("GET", "/api/projects", "").status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void what_is_no_http_is_refused_with_json() throws IOException {
        try (GovernanceFixture tower = tower(HttpProtocol.LIMITS)) {
            assertThat(raw(tower, "nonsense\r\n\r\n").status()).isEqualTo(400);
            assertThat(raw(tower, "GET / HTTP/2.0\r\n\r\n").status()).isEqualTo(505);
            assertThat(raw(tower, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: t\r\n\r\n")
                            .status())
                    .isEqualTo(431);
            assertThat(raw(tower, "GET / HTTP/1.1\r\nHost: t\r\n" + "A: b\r\n".repeat(200) + "\r\n")
                            .status())
                    .isEqualTo(431);
            assertThat(raw(tower, "GET /%zz HTTP/1.1\r\nHost: t\r\n\r\n").json().has("error"))
                    .isTrue();
        }
    }

    private static Reply raw(GovernanceFixture tower, String text) throws IOException {
        try (HttpExchange exchange = new HttpExchange(tower.socket)) {
            return exchange.send(text).read();
        }
    }

    @Test
    void a_body_that_is_too_large_is_refused_by_its_length_and_by_its_chunks() throws IOException {
        try (GovernanceFixture tower = tower(HttpProtocol.LIMITS)) {
            String head = "POST /api/dttp/request HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n";
            assertThat(raw(tower, head + "Content-Length: 5000000\r\n\r\n").status())
                    .isEqualTo(413);
            String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
            assertThat(raw(tower, head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5))
                            .status())
                    .isEqualTo(413);
            assertThat(raw(tower, head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "2\r\n{}\r\n0\r\n\r\n")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_client_that_waits_for_the_word_to_go_on_gets_it() throws IOException {
        try (GovernanceFixture tower = tower(HttpProtocol.LIMITS);
                HttpExchange exchange = new HttpExchange(tower.socket)) {
            exchange.send("POST /api/dttp/request HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(exchange.interim()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(exchange.send("{}").read().status()).isEqualTo(400);
        }
    }

    @Test
    void who_does_not_finish_a_request_in_time_is_cut_off() throws IOException {
        try (GovernanceFixture tower = tower(HASTY);
                HttpExchange silent = new HttpExchange(tower.socket);
                HttpExchange slow = new HttpExchange(tower.socket);
                HttpExchange idle = new HttpExchange(tower.socket)) {
            slow.send("GET /api/pro");
            assertThat(idle.exchange("GET", "/api/projects", "").keepsAlive()).isTrue();
            assertThat(silent.isAtEnd()).isTrue();
            assertThat(slow.isAtEnd()).isTrue();
            assertThat(idle.isAtEnd()).isTrue();
        }
    }

    @Test
    void idle_connections_give_way_to_those_that_wait() throws IOException {
        try (GovernanceFixture tower = tower(HttpProtocol.LIMITS.withWorkers(2, 8, 1, 1));
                HttpExchange first = new HttpExchange(tower.socket);
                HttpExchange second = new HttpExchange(tower.socket)) {
            first.exchange("GET", "/api/projects", "");
            second.exchange("GET", "/api/projects", "");
            assertThat(tower.get("/api/projects").status()).isEqualTo(200);
        }
    }

    @Test
    void a_request_that_was_taken_up_is_answered_although_idle_connections_give_way() throws Exception {
        AtomicInteger takenUp = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(6);
        Path socket = directory.resolve("s");
        try (ConnectionServer server = new ConnectionServer(
                "http",
                socket,
                GovernanceFixture.ownUid(),
                BindGuard.none(),
                new HttpProtocol(counting(takenUp)),
                HttpProtocol.LIMITS.withWorkers(2, 64, 1, 1),
                System::nanoTime,
                failure -> {})) {
            server.bind();
            server.start();
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(clients.submit(() -> askPatiently(socket, 300)));
            }
            for (Future<Integer> one : all) {
                answered.addAndGet(one.get());
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(answered).hasValue(1800);
        assertThat(takenUp).hasValue(1800);
    }

    /** Asks again on a new connection whenever the old one was closed before an answer. */
    private static int askPatiently(Path socket, int times) throws IOException {
        int answered = 0;
        while (answered < times) {
            try (HttpExchange exchange = new HttpExchange(socket)) {
                while (answered < times && exchange.exchange("GET", "/", "").status() == 200) {
                    answered++;
                }
            } catch (IOException closed) {
                assertThat(closed.getMessage()).isIn("closed after: ", "Broken pipe", "Connection reset");
            }
        }
        return answered;
    }

    private static HttpService counting(AtomicInteger takenUp) {
        return new HttpService() {
            @Override
            public Object connected(Peer peer) {
                return peer;
            }

            @Override
            public boolean admits(Object client) {
                return true;
            }

            @Override
            public HttpReply reply(HttpRequest request) {
                takenUp.incrementAndGet();
                return new HttpReply(200, "text/plain", Map.of(), HttpContent.of(new byte[0]));
            }

            @Override
            public HttpReply refuse(HttpFault fault) {
                return new HttpReply(fault.status(), "text/plain", Map.of(), HttpContent.of(new byte[0]));
            }
        };
    }

    @Test
    void who_finds_no_room_is_told_so() throws IOException {
        List<HttpExchange> occupying = new ArrayList<>();
        try (GovernanceFixture tower =
                tower(HttpProtocol.LIMITS.withWorkers(1, 1, 1, 1).withDeadlines(patient(Duration.ofSeconds(5))))) {
            for (int i = 0; i < 2; i++) {
                occupying.add(new HttpExchange(tower.socket).send(UNFINISHED));
            }
            Reply reply = tower.get("/api/projects");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers()).contains("Retry-After");
        } finally {
            for (HttpExchange exchange : occupying) {
                exchange.close();
            }
        }
    }

    @Test
    void who_waits_too_long_for_a_worker_is_told_so() throws IOException {
        ConnectionLimits limits =
                HttpProtocol.LIMITS.withWorkers(1, 8, 1, 1).withDeadlines(patient(Duration.ofMillis(200)));
        try (GovernanceFixture tower = tower(limits);
                HttpExchange occupying = new HttpExchange(tower.socket)) {
            occupying.send(UNFINISHED);
            Reply reply = tower.get("/api/projects");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.json().has("error")).isTrue();
            assertThat(occupying.send("}").read().status()).isEqualTo(400);
            assertThat(tower.get("/api/projects").status()).isEqualTo(200);
        }
    }

    @Test
    void who_sends_the_rest_of_a_request_slowly_lets_go_of_the_worker_for_others() throws IOException {
        try (GovernanceFixture tower = tower(HttpProtocol.LIMITS.withWorkers(1, 8, 1, 1));
                HttpExchange occupying = new HttpExchange(tower.socket)) {
            occupying.send(UNFINISHED);
            assertThat(tower.get("/api/projects").status()).isEqualTo(200);
            Reply reply = occupying.read();
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers()).contains("Retry-After");
        }
    }

    @Test
    void the_longest_silent_gives_way_when_too_many_are() throws IOException {
        try (GovernanceFixture tower = tower(HttpProtocol.LIMITS.withConnections(2));
                HttpExchange idle = new HttpExchange(tower.socket)) {
            assertThat(idle.exchange("GET", "/api/projects", "").keepsAlive()).isTrue();
            HttpExchange oldest = new HttpExchange(tower.socket);
            HttpExchange second = new HttpExchange(tower.socket);
            assertThat(oldest.read().status()).isEqualTo(503);
            assertThat(oldest.isAtEnd()).isTrue();
            assertThat(second.exchange("GET", "/api/projects", "").status()).isEqualTo(200);
            assertThat(idle.exchange("GET", "/api/projects", "").status()).isEqualTo(200);
        }
    }

    @Test
    void an_error_of_memory_fails_one_request() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Path socket = directory.resolve("s");
        List<Throwable> fatal = new CopyOnWriteArrayList<>();
        HttpService greedy = new HttpService() {
            @Override
            public Object connected(Peer peer) {
                return peer;
            }

            @Override
            public boolean admits(Object client) {
                return true;
            }

            @Override
            public HttpReply reply(HttpRequest request) {
                if (asked.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("heap");
                }
                return new HttpReply(200, "text/plain", Map.of(), new HttpContent() {
                    @Override
                    public long length() {
                        return -1;
                    }

                    @Override
                    public void writeTo(OutputStream out) {
                        throw new OutOfMemoryError("heap");
                    }
                });
            }

            @Override
            public HttpReply refuse(HttpFault fault) {
                return new HttpReply(fault.status(), "text/plain", Map.of(), HttpContent.of(new byte[0]));
            }
        };
        try (ConnectionServer server = new ConnectionServer(
                "http",
                socket,
                GovernanceFixture.ownUid(),
                BindGuard.none(),
                new HttpProtocol(greedy),
                HttpProtocol.LIMITS,
                System::nanoTime,
                fatal::add)) {
            server.bind();
            server.start();
            try (HttpExchange exchange = new HttpExchange(socket)) {
                assertThat(exchange.exchange("GET", "/", "").status()).isEqualTo(503);
            }
            try (HttpExchange exchange = new HttpExchange(socket)) {
                assertThatIOException().isThrownBy(() -> exchange.exchange("GET", "/", ""));
            }
        }
        assertThat(fatal).isEmpty();
    }

    @Test
    void a_hundred_requests_at_once_are_filed_under_a_hundred_numbers() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(100);
        try (GovernanceFixture tower = tower(HttpProtocol.LIMITS)) {
            List<Future<String>> filed = IntStream.range(0, 100)
                    .mapToObj(i -> clients.submit(() -> tower.call(
                                    "POST",
                                    "/api/governance/requests",
                                    "{\"from_role\":\"Developer\",\"to_role\":\"Architect\",\"title\":\"t" + i + "\"}")
                            .json()
                            .path("req_id")
                            .asText()))
                    .toList();
            List<String> ids = new ArrayList<>();
            for (Future<String> id : filed) {
                ids.add(id.get());
            }
            assertThat(ids.stream().sorted())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 100)
                            .mapToObj(i -> String.format("REQ-%03d", i))
                            .toList());
        } finally {
            clients.shutdownNow();
        }
    }
}

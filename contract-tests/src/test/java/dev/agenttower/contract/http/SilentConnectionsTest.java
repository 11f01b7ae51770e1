package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.DaemonProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of the HTTP socket that say nothing, or say it slowly, take nothing from the others. */
@Timeout(60)
final class SilentConnectionsTest {
    private static final String GET = "GET /api/governance/statusline HTTP/1.1\r\nHost: t\r\n";

    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static Path socket;
    private final List<HalfOpen> open = new ArrayList<>();

    @BeforeAll
    static void start() {
        tower.start();
        socket = tower.paths().httpSocket();
        new TowerHttp(socket).get("/api/governance/statusline").has(200);
    }

    @AfterEach
    void close() {
        open.forEach(HalfOpen::close);
    }

    private void connect(int count, Consumer<HalfOpen> begin) {
        for (int i = 0; i < count; i++) {
            HalfOpen connection = HalfOpen.to(socket);
            open.add(connection);
            begin.accept(connection);
        }
    }

    /** The best of some, because the machine may have something else to do; one that waits for a deadline takes seconds each time. */
    private static void othersAreAnswered() {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long begin = System.nanoTime();
            new TowerHttp(socket).get("/api/governance/statusline").has(200);
            best = Math.min(best, System.nanoTime() - begin);
        }
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(200));
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 200, 1000})
    void those_that_never_send_a_byte(int count) {
        connect(count, connection -> {});
        othersAreAnswered();
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 200})
    void those_that_send_a_part_of_a_head(int count) {
        connect(count, connection -> connection.send("G"));
        othersAreAnswered();
        open.forEach(connection -> connection.send("ET /api/dttp"));
        othersAreAnswered();
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 200})
    void those_that_are_kept_after_an_answer(int count) {
        connect(count, connection -> connection.send(GET + "\r\n"));
        othersAreAnswered();
        open.get(0).send(GET + "Connection: close\r\n\r\n");
        assertThat(open.get(0).readAll().split("HTTP/1.1 200", -1)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 100})
    void those_that_keep_the_rest_of_a_body_back(int count) {
        connect(
                count,
                connection -> connection.send("POST /api/dttp/request HTTP/1.1\r\nHost: t\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{"));
        othersAreAnswered();
        assertThat(open.get(0).readAll()).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1");
    }
}

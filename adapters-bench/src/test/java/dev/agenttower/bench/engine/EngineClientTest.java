package dev.agenttower.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engine may do on a connection, and by when a call ends then. */
final class EngineClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final CountDownLatch end = new CountDownLatch(1);

    @TempDir
    private Path folder;

    private ScriptedEngine engine;
    private EngineClient client;

    @BeforeEach
    void start() throws IOException {
        engine = new ScriptedEngine(folder.resolve("e.sock"));
        client = new EngineClient(EngineAddress.of(engine.socket()));
    }

    @AfterEach
    void stop() throws IOException {
        end.countDown();
        client.close();
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 7\r\n\r\n{\"a\":1}and more",
                OK + "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n",
                OK + "\r\n{\"a\":1}",
                "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n{\"a\":1}",
                "HTTP/1.1 100 Continue\r\n\r\n" + OK + "Content-Length: 7\r\n\r\n{\"a\":1}",
                "HTTP/1.1 200\nContent-Length: 7\n\n{\"a\":1}",
            })
    void an_answer_is_read_in_each_of_its_forms(String answer) {
        engine.reply("/it", out -> write(out, answer));

        assertThat(client.get("ask", "/it", Deadline.in(LONG)).path("a").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no http\r\n\r\n",
                "HTTP/1.1 twohundred OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: seven\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\n",
                OK + "Content-Le",
                OK + "Content-Length: 100\r\n\r\n{",
                OK + "Transfer-Encoding: chunked\r\n\r\n9\r\n{",
                OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{",
            })
    void an_answer_that_is_garbage_or_cut_short_is_a_failure(String answer) {
        engine.reply("/it", out -> write(out, answer));

        assertThat(failureWithin(LONG).code()).isEqualTo(ErrorCode.DOCKER_FAILED);
    }

    @Test
    void a_head_without_end_is_a_failure() {
        engine.reply("/it", out -> {
            write(out, OK);
            for (int line = 0; line < 100_000; line++) {
                write(out, "X-Line: " + line + "\r\n");
            }
        });

        assertThat(failureWithin(LONG).code()).isEqualTo(ErrorCode.DOCKER_FAILED);
    }

    @Test
    void a_document_is_posted_with_its_length() {
        engine.converse("/it", (in, out) -> {
            byte[] body = in.readNBytes("{\"b\":2}".length());
            write(out, OK + "Content-Length: " + body.length + "\r\n\r\n" + new String(body, StandardCharsets.UTF_8));
        });
        JsonNode document = JsonNodeFactory.instance.objectNode().put("b", 2);

        assertThat(client.post("ask", "/it", document, Deadline.in(LONG))).isEqualTo(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 20",
                OK + "Content-Length: 100\r\n\r\n{",
                OK + "Transfer-Encoding: chunked\r\n\r\n9\r\n{",
                "HTTP/1.1 500 Broken\r\nContent-Length: 100\r\n\r\n{",
            })
    void an_engine_that_stalls_is_cut_off_by_the_deadline(String answer) {
        engine.reply("/it", out -> {
            write(out, answer);
            hold();
        });

        assertIsTimeout(failureWithin(SHORT));
    }

    @Test
    void an_engine_that_never_stops_talking_is_cut_off_by_the_deadline() {
        engine.reply("/it", out -> {
            write(out, OK + "\r\n");
            while (end.getCount() > 0) {
                write(out, " ".repeat(1000));
            }
        });

        ContainerEngineException failure = catchThrowableOfType(
                ContainerEngineException.class,
                () -> client.post("ask", "/it", JsonNodeFactory.instance.objectNode(), Deadline.in(SHORT), body -> {
                    while (body.read() >= 0) {
                        continue;
                    }
                    return "";
                }));

        assertIsTimeout(failure);
    }

    @Test
    void an_engine_that_does_not_read_the_request_is_cut_off_by_the_deadline() {
        engine.converse("/it", (in, out) -> hold());
        JsonNode document = JsonNodeFactory.instance.objectNode().put("large", "x".repeat(4 << 20));

        assertIsTimeout(catchThrowableOfType(
                ContainerEngineException.class, () -> client.post("ask", "/it", document, Deadline.in(SHORT))));
    }

    @Test
    void an_engine_that_accepts_nobody_is_cut_off_by_the_deadline_and_reached_when_it_does() throws Exception {
        var address = UnixDomainSocketAddress.of(folder.resolve("full.sock"));
        List<SocketChannel> waiting = new ArrayList<>();
        try (var full = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var lost = new EngineClient(EngineAddress.of(address.getPath()))) {
            full.bind(address, 1);
            fill(address, waiting);

            assertIsTimeout(catchThrowableOfType(
                    ContainerEngineException.class, () -> lost.get("ask", "/it", Deadline.in(SHORT))));

            CompletableFuture<JsonNode> call =
                    CompletableFuture.supplyAsync(() -> lost.get("ask", "/it", Deadline.in(LONG)));
            for (int accepted = 0; accepted < waiting.size(); accepted++) {
                full.accept().close();
            }
            try (SocketChannel connection = full.accept()) {
                connection.write(StandardCharsets.UTF_8.encode(OK + "Content-Length: 2\r\n\r\n{}"));
                assertThat(call.get(20, TimeUnit.SECONDS).isEmpty()).isTrue();
            }
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void nothing_is_begun_too_late() {
        var asked = new AtomicInteger();
        engine.reply("/it", out -> asked.incrementAndGet());

        assertIsTimeout(failureWithin(Duration.ZERO));
        assertThat(asked).hasValue(0);
    }

    @Test
    void an_interrupt_ends_a_call_and_is_kept() throws InterruptedException {
        engine.reply("/it", out -> hold());
        var interrupted = new CompletableFuture<Boolean>();
        var code = new CompletableFuture<ErrorCode>();
        Thread caller = new Thread(() -> {
            code.complete(failureWithin(LONG).code());
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        caller.interrupt();
        caller.join(TimeUnit.SECONDS.toMillis(10));

        assertThat(code).isCompletedWithValue(ErrorCode.DOCKER_FAILED);
        assertThat(interrupted).isCompletedWithValue(true);
    }

    @Test
    void a_client_that_is_closed_ends_the_calls_under_way() throws Exception {
        var asked = new CountDownLatch(1);
        engine.reply("/it", out -> {
            asked.countDown();
            hold();
        });
        CompletableFuture<ErrorCode> code =
                CompletableFuture.supplyAsync(() -> failureWithin(LONG).code());
        asked.await();

        client.close();

        assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DOCKER_FAILED);
    }

    @Test
    void an_endless_answer_outlasts_its_deadline_and_ends_when_it_is_closed() throws Exception {
        engine.reply("/it", out -> {
            write(out, OK + "Transfer-Encoding: chunked\r\n\r\n");
            write(out, "2\r\n{}\r\n");
            hold();
        });
        EngineConnection answer = client.open("ask", "/it", Deadline.in(SHORT));
        assertThat(answer.body().readNBytes(2)).hasSize(2);
        CompletableFuture<Object> next = CompletableFuture.supplyAsync(() -> {
            try {
                return answer.body().read();
            } catch (IOException ended) {
                return ended;
            }
        });
        await().during(SHORT.plus(SHORT)).until(() -> !next.isDone());

        answer.close();

        assertThat(next.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    private static void fill(UnixDomainSocketAddress address, List<SocketChannel> waiting) throws IOException {
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.configureBlocking(false);
            try {
                channel.connect(address);
            } catch (IOException full) {
                channel.close();
                return;
            }
            waiting.add(channel);
        }
    }

    private ContainerEngineException failureWithin(Duration limit) {
        return catchThrowableOfType(ContainerEngineException.class, () -> client.get("ask", "/it", Deadline.in(limit)));
    }

    private static void assertIsTimeout(ContainerEngineException failure) {
        assertThat(failure.code()).isEqualTo(ErrorCode.DOCKER_TIMEOUT);
        assertThat(failure.getMessage()).startsWith("ask exceeded 0.");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void hold() {
        try {
            end.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.agenttower.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.Inspection;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.container.RunningContainer;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerContainerRuntimeTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final CountDownLatch never = new CountDownLatch(1);

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
        never.countDown();
        client.close();
        engine.close();
    }

    @Test
    void lists_one_row_for_each_name_in_the_order_of_the_engine() {
        engine.reply("/containers/json", 200, """
                [{"Id":"b","Names":["/py-bench","/alias"," "],"Image":"img","Status":"Up 3 hours"},
                 {"Id":"a","Names":["/other/link","/x"],"Image":"","Status":"Up"}, {"Id":"c","Names":null}]""");

        assertThat(runtime(LONG).listRunning())
                .containsExactly(
                        new RunningContainer(new ContainerId("b"), "py-bench", "img", "Up 3 hours"),
                        new RunningContainer(new ContainerId("b"), "alias", "img", "Up 3 hours"),
                        new RunningContainer(new ContainerId("a"), "x", "", "Up"));
    }

    @Test
    void reads_the_details_of_a_container() {
        engine.reply("/containers/abc/json", 200, """
                {"Id":"abc","Name":"/py-bench","State":{"Status":"running"},
                 "Config":{"Image":"img:1","User":"user:1000","WorkingDir":"/w","Labels":{"k":"v","n":1},
                           "Env":["HOME=/h","SECRET=s","TMUX=","USER=u","broken"]},
                 "Mounts":[{"Source":"/h","Destination":"/w","Type":"bind","Mode":"rw","RW":true}, {"Target":"/t"}]}""");

        InspectedContainer found =
                runtime(LONG).inspect(List.of(row("abc"))).found().get(0);

        assertThat(found)
                .isEqualTo(new InspectedContainer(
                        new ContainerId("abc"),
                        "py-bench",
                        "img:1",
                        "running",
                        Map.of("k", "v", "n", "1"),
                        List.of(new Mount("/h", "/w", "bind", "rw", true), new Mount("", "/t", "", "", false)),
                        "user:1000",
                        "/w",
                        List.of("HOME", "TMUX", "USER"),
                        "Up"));
    }

    @Test
    void fills_what_a_container_does_not_say() {
        engine.reply("/containers/abc/json", 200, "{\"Id\":\"abc\",\"Config\":{\"User\":\"\"}}");

        InspectedContainer found =
                runtime(LONG).inspect(List.of(row("abc"))).found().get(0);

        assertThat(found)
                .isEqualTo(new InspectedContainer(
                        new ContainerId("abc"), "abc", "", "Up", Map.of(), List.of(), null, null, List.of(), "Up"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"Id\":\"\"}",
                "{\"Id\":\"bad\",\"Config\":{\"Labels\":[1]}}",
                "{\"Id\":\"bad\",\"Mounts\":{}}",
                "{\"Id\":\"bad\",\"Mounts\":[1]}",
                "not json"
            })
    void a_container_that_cannot_be_read_fails_alone(String details) {
        engine.reply("/containers/good/json", 200, "{\"Id\":\"good\"}").reply("/containers/bad/json", 200, details);

        Inspection inspection = runtime(LONG).inspect(List.of(row("bad"), row("good")));

        assertThat(inspection.found()).extracting(found -> found.id().value()).containsExactly("good");
        assertThat(inspection.failures())
                .singleElement()
                .extracting(ScanProblem::container, ScanProblem::code)
                .containsExactly(new ContainerId("bad"), ErrorCode.DOCKER_MALFORMED);
    }

    @Test
    void a_container_that_is_gone_by_now_was_omitted() {
        Inspection inspection = runtime(LONG).inspect(List.of(row("gone/..?x")));

        assertThat(inspection.failures())
                .containsExactly(new ScanProblem(
                        new ContainerId("gone/..?x"),
                        ErrorCode.DOCKER_MALFORMED,
                        "docker inspect omitted requested id 'gone/..?x'"));
    }

    @Test
    void one_container_that_hangs_keeps_no_other_from_being_answered() {
        engine.reply("/containers/hangs/json", this::hang);
        List<RunningContainer> rows = List.of(row("hangs"), row("1"), row("2"), row("3"));
        rows.forEach(row -> engine.reply("/containers/" + row.id().value() + "/json", 200, "{\"Id\":\"x\"}"));
        engine.reply("/containers/hangs/json", this::hang);

        Inspection inspection = runtime(SHORT).inspect(rows);

        assertThat(inspection.found()).hasSize(3);
        assertThat(inspection.failures())
                .extracting(ScanProblem::container, ScanProblem::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(new ContainerId("hangs"), ErrorCode.DOCKER_TIMEOUT));
    }

    @Test
    void an_engine_that_hangs_is_a_timeout() {
        engine.reply("/containers", this::hang);

        assertThat(failureOfListing(runtime(SHORT)).code()).isEqualTo(ErrorCode.DOCKER_TIMEOUT);
        assertThat(failure(() -> runtime(SHORT).inspect(List.of(row("a")))).code())
                .isEqualTo(ErrorCode.DOCKER_TIMEOUT);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void an_engine_that_stops_within_its_answer_is_a_timeout() {
        engine.reply("/containers/json", out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[".getBytes(StandardCharsets.UTF_8));
            hang(out);
        });

        assertThat(failureOfListing(runtime(SHORT)).code()).isEqualTo(ErrorCode.DOCKER_TIMEOUT);
    }

    @Test
    void an_engine_that_breaks_off_within_its_answer_has_failed() {
        engine.reply(
                "/containers/json",
                out -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[".getBytes(StandardCharsets.UTF_8)));

        assertThat(failureOfListing(runtime(LONG)).code()).isEqualTo(ErrorCode.DOCKER_FAILED);
    }

    @Test
    void an_engine_that_answers_nothing_has_failed() {
        engine.reply("/containers/json", out -> {});

        assertThat(failureOfListing(runtime(LONG)).code()).isEqualTo(ErrorCode.DOCKER_FAILED);
    }

    @Test
    void an_http_error_is_a_failure_with_a_bounded_excerpt() {
        engine.reply("/containers/json", 500, "{\"message\":\"driver\\nfailed " + "x".repeat(9000) + "\"}");

        ContainerEngineException failure = failureOfListing(runtime(LONG));

        assertThat(failure.code()).isEqualTo(ErrorCode.DOCKER_FAILED);
        assertThat(failure.getMessage()).contains("500").hasSizeLessThan(600).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{}", "[{}]", "[1]", "[{\"Id\":\"\"}]"})
    void a_listing_that_cannot_be_read_is_malformed(String body) {
        engine.reply("/containers/json", 200, body);

        assertThat(failureOfListing(runtime(LONG)).code()).isEqualTo(ErrorCode.DOCKER_MALFORMED);
    }

    @Test
    void a_missing_socket_is_an_unavailable_engine() {
        try (var lost = new EngineClient(EngineAddress.of(folder.resolve("nothing.sock")))) {
            ContainerEngineException failure = failureOfListing(new DockerContainerRuntime(lost, LONG));

            assertThat(failure.code()).isEqualTo(ErrorCode.DOCKER_UNAVAILABLE);
            assertThat(failure.getMessage()).contains("nothing.sock");
        }
    }

    @Test
    void a_socket_without_a_listener_is_an_unavailable_engine() throws IOException {
        Path stale = folder.resolve("stale.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(stale));
        }
        try (var lost = new EngineClient(EngineAddress.of(stale))) {
            assertThat(failureOfListing(new DockerContainerRuntime(lost, LONG)).code())
                    .isEqualTo(ErrorCode.DOCKER_UNAVAILABLE);
        }
    }

    @Test
    void a_socket_of_others_is_refused() throws IOException {
        Files.setPosixFilePermissions(engine.socket(), PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isWritable(engine.socket()), "root may open any socket");

        assertThat(failureOfListing(runtime(LONG)).code()).isEqualTo(ErrorCode.DOCKER_PERMISSION_DENIED);
    }

    private DockerContainerRuntime runtime(Duration limit) {
        return new DockerContainerRuntime(client, limit);
    }

    private static RunningContainer row(String id) {
        return new RunningContainer(new ContainerId(id), id, "", "Up");
    }

    private static ContainerEngineException failureOfListing(DockerContainerRuntime runtime) {
        return failure(runtime::listRunning);
    }

    private static ContainerEngineException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ContainerEngineException.class, call);
    }

    private void hang(OutputStream out) throws IOException {
        out.flush();
        try {
            never.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}

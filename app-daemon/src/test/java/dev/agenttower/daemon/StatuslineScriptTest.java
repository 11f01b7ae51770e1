package dev.agenttower.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the part of the launcher that answers tmux without a JVM; where it does not answer, {@code (JVM)} is printed in place of one. */
class StatuslineScriptTest {
    private static final Path SCRIPT =
            Path.of("src/main/dist/lib/statusline.sh").toAbsolutePath();

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private Path socket;

    @BeforeEach
    void make_a_home() throws IOException, InterruptedException {
        assumeTrue(run("command -v curl >/dev/null && [ ! -e /run/agenttower/agenttowerd.sock ] && printf yes")
                .equals("yes"));
        Path state = Files.createDirectories(folder.resolve(".local/state/opensoft/agenttower"));
        socket = state.resolve("agenttowerd-http.sock");
        assumeTrue(socket.toString().length() <= 100, "the temporary folder has a short path");
    }

    private String run(String command, String... args) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sh", "-c", command, "sh"));
        line.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    private String statusline(String... args) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("statusline"));
        all.addAll(List.of(args));
        return run(". '" + SCRIPT + "'; statusline \"$@\"; echo '(JVM)'", all.toArray(new String[0]));
    }

    private ServerSocketChannel answering(Path path, String answer) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Thread thread = new Thread(() -> serve(server, answer), "scripted-statusline");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void serve(ServerSocketChannel server, String answer) {
        while (server.isOpen()) {
            try (SocketChannel peer = server.accept()) {
                ByteArrayOutputStream request = new ByteArrayOutputStream();
                ByteBuffer one = ByteBuffer.allocate(1);
                while (!request.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")
                        && peer.read(one.clear()) == 1) {
                    request.write(one.get(0));
                }
                requests.add(request.toString(StandardCharsets.US_ASCII)
                        .lines()
                        .findFirst()
                        .orElse(""));
                peer.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // A client that leaves early is no reason to stop.
                requests.add("(left)");
            }
        }
    }

    private static String ok(String json) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + (json.length() + 1) + "\r\n\r\n" + json + "\n";
    }

    @Test
    void says_how_many_changes_wait() throws IOException, InterruptedException {
        String json = "{\"pending\":12,\"projects\":{\"pending\":3},\"text\":\"\\u001b[31mevil\"}";
        try (ServerSocketChannel server = answering(socket, ok(json))) {
            assertThat(statusline()).isEqualTo("Pending authorizations: 12\n");
            assertThat(statusline("--project", "my-shop.2")).isEqualTo("Pending authorizations: 12\n");
            assertThat(server.isOpen()).isTrue();
            assertThat(requests)
                    .containsExactly(
                            "GET /api/governance/statusline HTTP/1.1",
                            "GET /api/governance/statusline?project=my-shop.2 HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | 3  | 0 | 2 need you · 3 working",
                "2 | 0  | 0 | 2 need you",
                "0 | 13 | 1 | 13 working · Pending authorizations: 1",
                "1 | 1  | 1 | 1 need you · 1 working · Pending authorizations: 1"
            })
    void says_how_many_agents_need_a_person_and_how_many_work(int need, int working, int pending, String line)
            throws IOException, InterruptedException {
        String json = "{\"agents\":{\"need_you\":" + need + ",\"working\":" + working + "},\"pending\":" + pending
                + ",\"projects\":{\"need_you\":7,\"working\":8},\"text\":\"\"}";
        try (ServerSocketChannel server = answering(socket, ok(json))) {
            assertThat(statusline()).isEqualTo(line + "\n");
            assertThat(server.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 23\r\n\r\n{\"pending\":0,\"text\":\"\"}",
                "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"pending\":null}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 13\r\n\r\n{\"pending\":2}",
                "HTTP/1.1 500 Oh\r\n\r\n",
                "nonsense",
                ""
            })
    void says_nothing_when_there_is_nothing_to_say(String answer) throws IOException, InterruptedException {
        try (ServerSocketChannel server = answering(socket, answer)) {
            assertThat(statusline()).isEmpty();
            assertThat(server.isOpen()).isTrue();
            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void says_nothing_without_a_daemon() throws IOException, InterruptedException {
        assertThat(statusline()).isEmpty();
        Files.createFile(socket);
        assertThat(statusline()).isEmpty();
    }

    @Test
    void finds_the_socket_where_the_environment_says() throws IOException, InterruptedException {
        Path other = Files.createDirectory(folder.resolve("o t"));
        try (ServerSocketChannel server = answering(other.resolve("agenttowerd-http.sock"), ok("{\"pending\":1}"))) {
            environment.put(
                    "AGENTTOWER_SOCKET", other.resolve("agenttowerd.sock").toString());
            assertThat(statusline()).isEqualTo("Pending authorizations: 1\n");
            environment.put("AGENTTOWER_SOCKET", "relative");
            assertThat(statusline()).isEmpty();
            assertThat(server.isOpen()).isTrue();
        }
    }

    @Test
    void obeys_no_settings_that_would_lead_curl_elsewhere() throws IOException, InterruptedException {
        Files.writeString(folder.resolve(".curlrc"), "verbose\n");
        environment.put("http_proxy", "http://127.0.0.1:1");
        try (ServerSocketChannel server = answering(socket, ok("{\"pending\":1}"))) {
            assertThat(statusline()).isEqualTo("Pending authorizations: 1\n");
            assertThat(server.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json", "--help", "--project", "--project=shop", "extra"})
    void leaves_other_command_lines_to_the_program(String argument) throws IOException, InterruptedException {
        assertThat(statusline(argument)).isEqualTo("(JVM)\n");
    }

    @Test
    void leaves_names_that_are_none_to_the_program() throws IOException, InterruptedException {
        for (String name : List.of("", "-x", "a b", "a&b", "$(touch x)", ".")) {
            assertThat(statusline("--project", name)).isEqualTo("(JVM)\n");
        }
    }
}

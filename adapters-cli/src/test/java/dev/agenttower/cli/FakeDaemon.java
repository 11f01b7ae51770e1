package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A socket that answers methods as it was told, one request per connection, and remembers what it was asked. */
final class FakeDaemon implements AutoCloseable {
    static final String STATUS = "{'alive': true, 'pid': 77, 'start_time_utc': '2026-05-05T18:01:34.692118+00:00',"
            + " 'uptime_seconds': 5, 'socket_path': '/s', 'state_path': '/t', 'schema_version': 8, 'daemon_version': '0.1.0'}";

    private final Path socket;
    private final ServerSocketChannel server;
    private final Thread thread;
    private final Map<String, Function<JsonNode, String>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

    FakeDaemon(Path socket) throws IOException {
        this.socket = socket;
        Files.createDirectories(socket.getParent());
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 64);
        thread = new Thread(this::serve, "fake-daemon");
        thread.setDaemon(true);
        thread.start();
        on("ping", "{}");
        on("status", STATUS);
    }

    /** Answers a method with a result, in which single quotes stand for double ones. */
    FakeDaemon on(String method, String result) {
        return on(method, params -> "{'ok': true, 'result': " + result + "}");
    }

    FakeDaemon refusing(String method, String code, String message) {
        return on(
                method,
                params -> "{'ok': false, 'error': {'code': '" + code + "', 'message': '" + message
                        + "', 'details': {}}}");
    }

    FakeDaemon on(String method, Function<JsonNode, String> answer) {
        answers.put(method, answer);
        return this;
    }

    /** The names of the methods that were called, in order. */
    List<String> methods() {
        return requests.stream().map(request -> request.path("method").asText()).toList();
    }

    /** The parameters of the last call of a method, as JSON text. */
    String params(String method) {
        return requests.stream()
                .filter(request -> request.path("method").asText().equals(method))
                .reduce((first, second) -> second)
                .map(request -> JsonText.unicode(
                        request.path("params").isObject() ? request.path("params") : JsonText.object()))
                .orElse("never called");
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel peer = server.accept()) {
                JsonNode request = JsonText.parse(readLine(peer));
                requests.add(request);
                Function<JsonNode, String> answer = answers.getOrDefault(
                        request.path("method").asText(),
                        params -> "{'ok': false, 'error': {'code': 'unknown_method', 'message': 'unknown method'}}");
                ObjectNode params = request.path("params") instanceof ObjectNode object ? object : JsonText.object();
                String line = answer.apply(params).replace('\'', '"') + "\n";
                ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    peer.write(bytes);
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // A client that only knocks, or leaves early, is no reason to stop.
                requests.add(JsonText.object().put("method", "(none)"));
            }
        }
    }

    private static byte[] readLine(SocketChannel peer) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (peer.read(one.clear()) == 1 && one.get(0) != '\n') {
            line.write(one.get(0));
        }
        return line.toByteArray();
    }

    /** Stops listening and removes the socket, as a daemon does that was told to stop. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(socket);
            server.close();
            // Until the thread leaves accept, the kernel keeps the socket and lets a client connect.
            if (Thread.currentThread() != thread) {
                thread.join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

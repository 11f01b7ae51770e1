package dev.agenttower.bench.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An engine on a Unix socket that answers each path as it was told to, one request for each connection. */
final class ScriptedEngine implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, Conversation> replies = new ConcurrentHashMap<>();
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    ScriptedEngine(Path socket) throws IOException {
        this.socket = socket;
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        start("scripted-engine", this::accept);
    }

    ScriptedEngine reply(String path, int status, String body) {
        return reply(path, out -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            out.write(("HTTP/1.1 " + status + " Said\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
        });
    }

    ScriptedEngine reply(String path, Reply reply) {
        return converse(path, (in, out) -> reply.write(out));
    }

    /** Answers while the rest of the request, beginning with its body, is read. */
    ScriptedEngine converse(String path, Conversation conversation) {
        replies.put(path, conversation);
        return this;
    }

    Path socket() {
        return socket;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                connections.add(connection);
                start("scripted-engine-connection", () -> serve(connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(SocketChannel connection) {
        try (connection;
                InputStream in = Channels.newInputStream(connection);
                OutputStream out = Channels.newOutputStream(connection)) {
            String path = path(in);
            Conversation reply = replies.entrySet().stream()
                    .filter(entry -> path.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse((body, unknown) -> unknown.write(
                            "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.UTF_8)));
            reply.hold(in, out);
            out.flush();
        } catch (IOException gone) {
            // the client hung up
        }
    }

    private static String path(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        String[] words = head.toString(StandardCharsets.ISO_8859_1).split(" ", 3);
        return words.length < 2 ? "" : words[1];
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
        Files.deleteIfExists(socket);
    }

    /** How a request is answered. */
    @FunctionalInterface
    interface Reply {
        void write(OutputStream out) throws IOException;
    }

    /** How both sides talk. */
    @FunctionalInterface
    interface Conversation {
        void hold(InputStream in, OutputStream out) throws IOException;
    }
}

package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A governance API that answers routes as it was told, and remembers what it was asked. */
final class FakeGovernance implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");

    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, List<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    FakeGovernance(Path socket) throws IOException {
        this.socket = socket;
        Files.createDirectories(socket.getParent());
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 64);
        Thread thread = new Thread(this::serve, "fake-governance");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers a route, such as {@code GET /api/projects}, in which single quotes stand for double ones; the last answer stays. */
    FakeGovernance on(String route, int status, String json) {
        answers.computeIfAbsent(route, name -> new CopyOnWriteArrayList<>()).add(new Answer(status, json));
        return this;
    }

    FakeGovernance on(String route, String json) {
        return on(route, 200, json);
    }

    /** The method and target of each request, in order. */
    List<String> targets() {
        return requests.stream().map(Request::target).toList();
    }

    /** The body of the last request that had one, as JSON text. */
    String body() throws IOException {
        List<String> bodies = requests.stream()
                .map(Request::body)
                .filter(body -> !body.isBlank())
                .toList();
        JsonNode last = JsonText.parse(bodies.get(bodies.size() - 1).getBytes(StandardCharsets.UTF_8));
        return JsonText.unicode(last);
    }

    /** The values of a header, in order, without the requests that had none. */
    List<String> header(String name) {
        List<String> values = new ArrayList<>();
        for (Request request : requests) {
            request.head()
                    .lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .forEach(line -> values.add(line.substring(name.length() + 2)));
        }
        return values;
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel peer = server.accept()) {
                Request request = read(peer);
                requests.add(request);
                ByteBuffer bytes = ByteBuffer.wrap(answer(request).getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    peer.write(bytes);
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // A client that leaves early is no reason to stop.
                requests.add(new Request("", ""));
            }
        }
    }

    private String answer(Request request) {
        String route = request.target().replaceFirst("\\?.*", "");
        List<Answer> told = answers.getOrDefault(route, List.of(new Answer(404, "{'error': 'No such route'}")));
        Answer answer = told.size() > 1 ? told.remove(0) : told.get(0);
        String json = answer.json().replace('\'', '"') + "\n";
        return "HTTP/1.1 " + answer.status() + " Whatever\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
    }

    private static Request read(SocketChannel peer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        int end = -1;
        int expected = Integer.MAX_VALUE;
        while (bytes.size() < expected && peer.read(buffer.clear()) >= 0) {
            bytes.write(buffer.array(), 0, buffer.position());
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                Matcher length = LENGTH.matcher(text.substring(0, end + 2));
                expected = end + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
            }
        }
        if (end < 0) {
            throw new IOException("no request");
        }
        byte[] all = bytes.toByteArray();
        return new Request(
                new String(all, 0, end, StandardCharsets.US_ASCII),
                new String(all, end + 4, all.length - end - 4, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(socket);
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Answer(int status, String json) {}

    private record Request(String head, String body) {
        String target() {
            return head.lines().findFirst().orElse("").replace(" HTTP/1.1", "");
        }
    }
}

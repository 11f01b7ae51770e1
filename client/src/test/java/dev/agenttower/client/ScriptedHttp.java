package dev.agenttower.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP server on a Unix socket that gives prepared answers, byte for byte, and keeps what it was sent. */
final class ScriptedHttp implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");

    private final ServerSocketChannel server;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Serves the answers in order, each on a connection of its own. */
    ScriptedHttp(Path socket, String... answers) throws IOException {
        this.answers.addAll(List.of(answers));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 16);
        Thread thread = new Thread(this::serve, "scripted-http");
        thread.setDaemon(true);
        thread.start();
    }

    /** A whole answer; single quotes stand for double ones. */
    static String json(int status, String body) {
        String text = body.replace('\'', '"') + "\n";
        return "HTTP/1.1 " + status + " Whatever\r\nContent-Type: application/json\r\nContent-Length: "
                + text.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + text;
    }

    /** The requests as they came, in order. */
    List<String> requests() {
        return requests;
    }

    /** The request line of the last request. */
    String line() {
        String last = requests.get(requests.size() - 1);
        return last.substring(0, last.indexOf(" HTTP/1.1\r\n"));
    }

    /** The body of the last request, without its line feed. */
    String body() {
        String last = requests.get(requests.size() - 1);
        return last.substring(last.indexOf("\r\n\r\n") + 4).strip();
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel peer = server.accept()) {
                requests.add(read(peer));
                String answer = answers.poll();
                ByteBuffer bytes = ByteBuffer.wrap((answer == null ? "" : answer).getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    peer.write(bytes);
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // A client that leaves early is no reason to stop.
                requests.add("(left)");
            }
        }
    }

    private static String read(SocketChannel peer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        int expected = Integer.MAX_VALUE;
        while (bytes.size() < expected && peer.read(buffer.clear()) >= 0) {
            bytes.write(buffer.array(), 0, buffer.position());
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                Matcher length = LENGTH.matcher(text.substring(0, end + 2));
                expected = end + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

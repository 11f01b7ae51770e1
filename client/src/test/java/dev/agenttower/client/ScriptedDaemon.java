package dev.agenttower.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A socket that gives prepared answers, one per request line, and keeps what it was sent. */
final class ScriptedDaemon implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Thread thread = new Thread(this::serve, "scripted-daemon");
    private final Queue<byte[]> answers = new ArrayDeque<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final boolean keepsConnections;

    ScriptedDaemon(Path socket, boolean keepsConnections, String... answers) throws IOException {
        this.keepsConnections = keepsConnections;
        for (String answer : answers) {
            this.answers.add(answer.getBytes(StandardCharsets.UTF_8));
        }
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 16);
        thread.setDaemon(true);
        thread.start();
    }

    static ScriptedDaemon answering(Path socket, String... answers) throws IOException {
        return new ScriptedDaemon(socket, false, answers);
    }

    List<String> requests() {
        return requests;
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel peer = server.accept()) {
                    answer(peer);
                } catch (AsynchronousCloseException e) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(SocketChannel peer) throws IOException {
        do {
            requests.add(readLine(peer));
            byte[] answer = answers.poll();
            ByteBuffer bytes = ByteBuffer.wrap(answer == null ? new byte[0] : answer);
            while (bytes.hasRemaining()) {
                peer.write(bytes);
            }
        } while (keepsConnections && !answers.isEmpty());
    }

    private static String readLine(SocketChannel peer) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (peer.read(one.clear()) == 1 && one.get(0) != '\n') {
            line.append((char) one.get(0));
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
